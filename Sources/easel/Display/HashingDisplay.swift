import Engine
import Glibc

extension HashingProgress {
  /// While the file is being read.
  var statusLine: String { "hashing \(name) \(100 * bytes / max(total, 1)) %" }

  /// When it has been read; nil before.
  var doneLine: String? { isDone ? "hashed \(name), \(ByteSize.describe(total))" : nil }

  /// Says it on standard error: a line that moves where somebody watches, and one at the end.
  @Sendable static func show(_ progress: HashingProgress) {
    if isTerminal(STDERR_FILENO) {
      let line = progress.doneLine.map { $0 + "\n" } ?? progress.statusLine
      write("\r\u{1B}[K" + line, to: STDERR_FILENO)
    } else if let line = progress.doneLine {
      printError(line)
    }
  }
}
