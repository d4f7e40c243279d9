import Diffusion
import Engine
import FoundationEssentials
import Glibc
import Nodes

/// What `easel models` lists.
enum ModelListing {
  /// A model with the name that means it.
  struct Model {
    var name: String
    var path: String
    var facts: ModelFacts
  }

  /// The model that comes with Easel, and those that are found; of one kind where that is given. A folder of another
  /// program's, such as a language model in a cache of downloads, is left out. Throws `UnreadableYAML`.
  static func models(_ kind: ModelKind?) throws -> [Model] {
    let own = (try? ModelLocation.locate("default", in: "")).map { path in
      Model(name: "default", path: path, facts: ModelFacts(of: path))
    }
    let found = try ModelLocation.search.namedModels().compactMap { model, name -> Model? in
      var facts = ModelFacts(of: model.path)
      facts.kind = model.kind ?? facts.kind
      guard facts.kind != nil || !model.isFolder else { return nil }
      return Model(name: name, path: model.path, facts: facts)
    }
    return ((own.map { [$0] } ?? []) + found).filter { kind == nil || $0.facts.kind == kind }
  }

  /// A line of the list.
  struct Line: Encodable {
    var name: String
    var kind: String?
    var family: String?
    var bytes: Int
    var sha256: String?
    var path: String

    init(_ model: Model, digest: Hash256?) {
      name = model.name
      kind = model.facts.kind?.rawValue
      family = model.facts.family?.rawValue
      bytes = Self.size(of: model.path)
      sha256 = digest?.description
      path = model.path
    }

    /// In bytes, of a file or of the files in a folder; 0 for what cannot be read.
    private static func size(of path: String) -> Int {
      // Subpaths are not told of a link.
      let path = URL(filePath: path).resolvingSymlinksInPath().path
      guard let names = FileManager.default.subpaths(atPath: path), !names.isEmpty else {
        return fileSize(of: path)
      }
      return names.reduce(0) { $0 + fileSize(of: "\(path)/\($1)") }
    }

    private static func fileSize(of path: String) -> Int {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
      return Int(status.st_size)
    }
  }

  /// The lines under a heading. A digest is as long as people like to write one.
  static func table(of lines: [Line]) -> String {
    var table = TextTable()
    table.add("name", "kind", "family", "size", "sha256", "path")
    for line in lines {
      table.add(
        line.name, line.kind ?? "-", line.family ?? "-", ByteSize.describe(line.bytes),
        line.sha256.map { String($0.prefix(12)) } ?? "-", line.path)
    }
    return table.rendered(indent: 0)
  }
}
