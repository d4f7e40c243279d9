import Foundation
import Testing

@testable import Imaging

/// Cascades find what OpenCV finds with them: `Scripts/reference/cascades.py`.
struct CascadeTests {
  /// What OpenCV found with a cascade in a picture.
  struct Case: Decodable, CustomTestStringConvertible {
    var cascade: String
    var picture: String
    var scaleFactor: Double
    var minNeighbors: Int
    var minSize: Int
    var maxSize: Int?
    /// `[x, y, width, height]`, sorted.
    var regions: [[Int]]

    var testDescription: String { "\(cascade) in \(picture), \(scaleFactor), \(minNeighbors)" }

    var settings: CascadeSettings {
      CascadeSettings(
        scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize)
    }
  }

  private struct Expected: Decodable {
    var generated: [Case]
    var installed: [Case]
  }

  private static func expected() throws -> Expected {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Expected.self, from: Data(Fixtures.bytes("cascades/expected.json")))
  }

  private static func differing(_ cases: [Case], in folders: [String]) throws -> [String] {
    var cascades: [String: Cascade] = [:]
    return try cases.filter { example in
      let path = folders.map { "\($0)/\(example.cascade)" }.first(where: fileExists)
      let cascade =
        try cascades[example.cascade] ?? Cascade(readingFrom: #require(path, "\(example)"))
      cascades[example.cascade] = cascade
      let image = try Picture(
        readingFrom: Fixtures.path("cascades/\(example.picture).png")
      ).image
      let found = try cascade.detect(in: image, example.settings).map(\.numbers)
      return found.sorted { $0.lexicographicallyPrecedes($1) } != example.regions
    }.map(\.testDescription)
  }

  private static func fileExists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  @Test func randomCascadesFindWhatTheyFindInOpenCV() throws {
    let cases = try Self.expected().generated
    #expect(cases.count == 90)
    #expect(cases.count { !$0.regions.isEmpty } > 40)
    #expect(try Self.differing(cases, in: [Fixtures.path("cascades")]) == [])
  }

  private static let installed = ["haarcascades", "lbpcascades"].map { "/usr/share/opencv4/\($0)" }

  @Test(.enabled(if: installed.allSatisfy(fileExists), "needs Debian's opencv-data"))
  func installedCascadesFindWhatTheyFindInOpenCV() throws {
    let cases = try Self.expected().installed
    #expect(Set(cases.map(\.cascade)).count == 22)
    #expect(try Self.differing(cases, in: Self.installed) == [])
  }

  @Test(arguments: [
    ("truncated", "is no whole XML file: line 59: unclosed token; copy it again"),
    ("no-xml", "is no whole XML file: line 1: "),
    (
      "other",
      "is no cascade: it holds `camera_matrix`; give one of OpenCV's cascades, which have stages of trees"
    ),
    (
      "hog",
      "is a cascade of HOG features, which are not supported; take one of HAAR or LBP features"
    ),
    ("beyond", "is a broken cascade: `features` must be inside the window"),
    ("no-feature", "is a broken cascade: `features` is missing"),
    ("no-number", "is a broken cascade: `stageThreshold` must be numbers"),
  ])
  func whatIsNoCascadeIsTold(_ name: String, _ message: String) throws {
    let path = try Fixtures.path("cascades/broken-\(name).xml")
    let error = try #require(throws: CascadeError.self) { try Cascade(readingFrom: path) }
    #expect("\(error)".hasPrefix("\(path): \(message)"), "\(error)")
  }

  /// Trees that are taken down one inside the other need the stack.
  @Test func endlessNestingIsTold() throws {
    let count = 300_000
    let text =
      String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    let bytes = Array(text.utf8)
    let failure = try #require(throws: XMLFailure.self) { try XMLElement(parsing: bytes) }
    #expect(failure.reason == "elements are nested too deep")
  }

  /// Each stands in the place of a number of the older format's first tree.
  @Test(arguments: ["-9223372036854775808", "1e300", "1.5", "-7", "nan"])
  func numbersThatNoCascadeHasAreTold(_ number: String) throws {
    let text = """
      <opencv_storage><c><size>16 10</size><stages><_><trees><_><_>
      <feature><rects><_>8 0 8 2 -1</_></rects></feature><threshold>0.5</threshold>
      <left_node>\(number)</left_node><right_val>1</right_val>
      </_></_></trees><stage_threshold>0</stage_threshold></_></stages></c></opencv_storage>
      """
    try withTemporaryFolder { folder in
      let path = folder + "/cascade.xml"
      try Data(text.utf8).write(to: URL(filePath: path))
      let error = try #require(throws: CascadeError.self) { try Cascade(readingFrom: path) }
      #expect("\(error)".contains("is a broken cascade: `"), "\(error)")
    }
  }

  @Test func missingFilesAndFoldersAreTold() throws {
    #expect(throws: CascadeError(file: "/", problem: .notARegularFile)) {
      try Cascade(readingFrom: "/")
    }
    #expect(throws: CascadeError.self) { try Cascade(readingFrom: "/nowhere.xml") }
  }

  @Test func scalesCanBeCutShort() throws {
    struct Stop: Error {}
    let cascade = try Cascade(readingFrom: Fixtures.path("cascades/haar.xml"))
    #expect(throws: Stop.self) {
      try cascade.detect(in: .noise(width: 40, height: 40, seed: 1)) { throw Stop() }
    }
  }
}
