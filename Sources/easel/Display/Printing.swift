import FoundationEssentials
import Glibc

/// Prints a value as one line of JSON, its keys in alphabetical order.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Writes a text as it is, at once: other threads may be writing too, and a reader may be waiting.
func write(_ text: String, to descriptor: Int32) {
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes[start...].withUnsafeBytes {
      Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return }
    start += count
  }
}

/// Prints a line on standard error.
func printError(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

/// Whether somebody watches standard output or standard error.
func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// Whether colours are welcome there: see no-color.org.
func isColored(_ descriptor: Int32) -> Bool {
  isTerminal(descriptor) && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
}
