import Engine
import Graph
import Imaging

/// The pictures of a folder, as a list.
struct ListImages: Node {
  static let name = "list-images"
  static let version = 1
  static let about = """
    The pictures of a folder (png, jpg, jpeg and webp files), ordered by name. They are looked for when \
    the graph is checked, so that `each` can make a node of every one.
    """

  @Input("The folder; those inside it are left out.") var folder: FilePath
  @Input("Which names: `*` is any text, `?` any character, `[ab]` one of these.")
  var pattern: String = "*"
  @Output("The pictures' files.") var files: [FilePath]
  @Output("The files' names, without what follows the last dot.") var names: [String]

  func run(_ context: RunContext) throws {
    (files, names) = try Self.list(folder.literalValue, pattern)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let folder)? = ports.constants["folder"],
      case .text(let pattern)? = ports.constants["pattern"]
    else { return }
    do {
      let (files, names) = try list(folder, pattern)
      ports.values = [
        "files": .list(files.map(\.scalar)), "names": .list(names.map(\.scalar)),
      ]
    } catch let error as ImageFolderError {
      throw InferenceFailure(.invalidValue, port: "folder", "\(error)")
    }
  }

  private static func list(
    _ folder: FilePathLiteral, _ pattern: String
  ) throws -> ([FilePath], [String]) {
    let names = try ImageFolder.names(in: folder.resolved, matching: pattern)
    let stems = names.map { name in name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name }
    return (names.map { FilePath(folder.appending($0)) }, stems)
  }
}
