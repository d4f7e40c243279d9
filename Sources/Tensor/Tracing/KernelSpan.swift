import Glibc

/// What an operator does, as traces name it.
public enum KernelKind: String, Sendable, CaseIterable {
  case gemm
  case convolution
  /// The windows of a convolution laid out as a matrix ("im2col").
  case patches
  case attention
  case groupNorm = "group norm"
  case layerNorm = "layer norm"
  case softmax
  case activation
  case gatedGELU = "gated gelu"
  case arithmetic
  case concatenation
  case slice
  case transposition
  case upsampling
  /// Reading a tensor of a file.
  case weights
}

/// One call of an operator, by the thread that waited for it; others may have helped.
public struct KernelSpan: Sendable {
  /// What it did.
  public let kind: KernelKind
  /// Of the result; of a matrix product, its rows, inner size and columns.
  public let shape: Shape
  /// When it began.
  public let start: ContinuousClock.Instant
  /// When it was done.
  public let end: ContinuousClock.Instant
}

/// A thread of this process.
public struct ThreadID: Hashable, Sendable {
  private let handle: pthread_t

  /// The thread that asks.
  public static var current: ThreadID { ThreadID(handle: pthread_self()) }
}
