import Glibc
import Testing

/// Hands out the path of a file with the given content, and removes it afterwards.
func withTemporaryFile(_ content: [UInt8], _ body: (String) throws -> Void) throws {
  var path = Array("/tmp/easel-test-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  try #require(descriptor >= 0)
  defer {
    close(descriptor)
    unlink(path)
  }
  let written = content.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  try #require(written == content.count)
  try body(String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
}
