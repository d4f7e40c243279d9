import Tensor

/// Does some work; gives the most memory that it has held at once on this thread, in bytes.
@Sendable public func memoryPeak(of work: () -> Void) -> Int { TensorMemory.peak(of: work) }

/// Sets how many threads compute, for the whole process. Results do not depend on it.
public func useThreads(_ count: Int) {
  ThreadPool.shared.setThreadCount(count)
}
