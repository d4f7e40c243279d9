/// How far the reading of a file for its digest has come.
public struct HashingProgress: Hashable, Sendable {
  /// As it was opened.
  public var path: String
  /// How many bytes have been read.
  public var bytes: Int
  /// How many there are.
  public var total: Int

  /// The file's name with its folder's: parts of models are all called the same.
  public var name: String { path.split(separator: "/").suffix(2).joined(separator: "/") }
  /// Whether the digest is there.
  public var isDone: Bool { bytes >= total }
}

/// Says now and then how far the reading of one file is; nothing of one that is read at once.
struct HashingMeter {
  /// Between two messages.
  private static let pause = Duration.milliseconds(250)

  private let say: @Sendable (HashingProgress) -> Void
  private var progress: HashingProgress
  private var last = ContinuousClock.now
  private var hasSpoken = false

  init(path: String, total: Int, _ say: @escaping @Sendable (HashingProgress) -> Void) {
    self.say = say
    progress = HashingProgress(path: path, bytes: 0, total: total)
  }

  /// So many bytes more were read.
  mutating func advance(by count: Int) {
    // A file that grows meanwhile is not done before its end.
    progress.bytes = min(progress.bytes + count, progress.total - 1)
    guard ContinuousClock.now - last >= Self.pause else { return }
    last = .now
    hasSpoken = true
    say(progress)
  }

  /// The end was reached.
  mutating func finish() {
    progress.bytes = progress.total
    if hasSpoken { say(progress) }
  }
}
