import Glibc
import Testing

@testable import Imaging

struct InputFileTests {
  @Test func missingFileFolderAndPipeAreNamed() throws {
    try withTemporaryFolder { folder in
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      let problems = [
        (folder + "/none.png", "cannot be read: No such file or directory"),
        (folder, "is not a file; give the path of a picture"),
        (pipe, "is not a file; give the path of a picture"),
      ]
      for (path, problem) in problems {
        let whole = try message(of: ImageFileError.self) { _ = try Picture(readingFrom: path) }
        #expect(whole == "\(path): \(problem)")
        let header = try message(of: ImageFileError.self) { _ = try ImageHeader(readingFrom: path) }
        #expect(header == "\(path): \(problem)")
      }
    }
  }

  @Test func readingStopsAtTheLimit() throws {
    let path = try Fixtures.path("pictures/rgb-8.png")
    #expect(try InputFile.read(path, upTo: 8) == PictureFormat.pngSignature)
    #expect(try InputFile.read(path, upTo: 1 << 30).count > 100)
  }
}
