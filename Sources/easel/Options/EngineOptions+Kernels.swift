import Engine
import Tensor

extension EngineOptions {
  /// How this process computes: results of one kind of kernels differ from those of another in the last bits, so
  /// neither takes what the other left in the cache.
  static var numericModeHere: String { "f32 \(Kernels.name)" }

  /// The usual options on this machine.
  static var here: EngineOptions { EngineOptions(numericMode: numericModeHere) }
}
