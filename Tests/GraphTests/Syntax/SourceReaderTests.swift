import Graph
import Testing

struct SourceReaderTests {
  @Test(arguments: [
    ("/no/such/file.yaml", SourceReadFailure.notFound), ("/", .notAFile), ("/dev/zero", .notAFile),
  ])
  func whatIsNoFileIsRefused(_ path: String, _ failure: SourceReadFailure) {
    #expect(throws: failure) { try SourceReader.disk.read(path) }
  }

  @Test func filesAreReadWhole() throws {
    let bytes = try SourceReader.disk.read(#filePath)
    #expect(bytes.starts(with: "import Graph".utf8))
  }

  @Test func largeFilesAreRefused() {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: SourceReader.sizeLimit + 1)
    #expect(check(text).codes == [.unreadableFile])
  }
}
