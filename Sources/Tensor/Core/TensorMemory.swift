import CKernels

/// How much memory tensors take.
public enum TensorMemory {
  /// Does some work; gives the most memory, in bytes, that the tensors which this thread made meanwhile
  /// have held at once. What a thread makes and another lets go of counts to the end.
  public static func peak(of work: () -> Void) -> Int {
    memory_measure()
    work()
    return Int(memory_peak())
  }

  /// Gives back to the system what tensors held before and nobody uses.
  public static func giveBack() { memory_give_back() }
}
