import Foundation
import Testing

@testable import Imaging

/// What `Scripts/reference/images.py` and `photos.py` have written.
enum Fixtures {
  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.resourcePath) + "/Fixtures/" + name
  }

  static func bytes(_ name: String) throws -> [UInt8] { try InputFile.read(path(name)) }

  /// The names of the files that Pillow has read too.
  static func photos() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path("photos/read")).sorted()
      .filter { !$0.hasSuffix(".expected.png") }
  }

  /// What a PNG file holds, as integers up to `maximum`.
  struct Expected: Decodable {
    var width: Int
    var height: Int
    var maximum: Float
    var rgb: [Float]
    var alpha: [Float]?
    var text: [[String]]
  }

  static func expectedPictures() throws -> [String: Expected] {
    let data = try Data(bytes("pictures/expected.json"))
    return try JSONDecoder().decode([String: Expected].self, from: data)
  }
}

/// Hands out the path of an empty folder, and removes it with all that it holds afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let path =
    FileManager.default.temporaryDirectory.path + "/easel-test-\(UInt64.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

/// The sentence that `body` throws.
func message<Failure: Error>(
  of type: Failure.Type, _ body: () throws -> Void
) throws -> String {
  "\(try #require(throws: type, performing: body))"
}
