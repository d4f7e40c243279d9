import Foundation
import Imaging

/// A folder with a photo, a graph that shrinks it, and a graph that this one uses.
struct PhotoProject {
  var program: Program
  var folder: URL { program.folder.appending(path: "project") }

  init(in program: Program) throws {
    self.program = program
    try FileManager.default.createDirectory(
      at: folder.appending(path: "parts"), withIntermediateDirectories: true)
    try program.write(Self.graph, to: "project/edit.yaml")
    try program.write(Self.part, to: "project/parts/shrink.yaml")
    try savePhoto(brightness: 0.75)
  }

  func savePhoto(brightness: Float) throws {
    let image = Image(pixels: .init([32, 32, 3], repeating: brightness))
    try Data(PNG.encode(image)).write(to: folder.appending(path: "photo.png"))
  }

  /// Writes `changed.png`.
  func save(_ image: Image, record: String?) throws {
    let bytes = try PNG.encode(image, text: record.map { [("easel", $0)] } ?? [])
    try Data(bytes).write(to: folder.appending(path: "changed.png"))
  }

  /// The path of something, as seen from the folder.
  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// What a picture says of itself.
  func record(_ name: String) throws -> [String: Any] {
    let picture = try Picture(readingFrom: folder.appending(path: name).path)
    let text = picture.text.first { $0.keyword == "easel" }?.text ?? ""
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  private static let graph = """
    easel: 1
    inputs: { photo: { type: path, default: photo.png }, side: 16 }
    nodes:
      picture: { uses: load-image, path: "${photo}" }
      shrink: { uses: ./parts/shrink.yaml, picture: "${picture.image}", side: "${side}" }
    outputs: { image: "${shrink.image}" }

    """

  private static let part = """
    easel: 1
    inputs: { picture: { type: image }, side: 8 }
    nodes:
      small: { uses: resize-image, image: "${picture}", width: "${side}", height: "${side}" }
    outputs: { image: "${small}" }

    """
}
