import FoundationEssentials
import Graph
import Nodes

/// The graph that a picture carries, put where its files are.
struct RecordedGraph {
  private let record: PictureRecord
  /// Where the graph's folder is taken to be, empty for where the program was called.
  private let folder: String
  /// Where it was looked for.
  private let candidates: [String]

  /// The picture's own folder, or the one where the graph was when the picture was made: whichever has
  /// more of the files.
  init(of picture: RecordedPicture) {
    record = picture.record
    let beside = PlacedPath.folder(of: picture.path)
    let original = picture.record.folder.map { PlacedPath.join(beside, $0) }
    let files = picture.record.files.filter(\.isSomewhere)
    candidates = [beside] + [original].compactMap(\.self)
    folder =
      candidates.min { Self.missing(files, in: $0).count < Self.missing(files, in: $1).count }
      ?? beside
  }

  /// The graph's file, which need not be there.
  var file: String { PlacedPath.join(folder, record.graph) }

  /// Throws `MissingFiles` where some that went into the picture are not to be found.
  func requireFiles(of picture: RecordedPicture) throws {
    let missing = Self.missing(record.files.filter { $0.from == nil }, in: folder)
    guard missing.isEmpty else {
      throw MissingFiles(path: picture.path, files: missing, folders: candidates)
    }
  }

  /// Judges the graph with the sources that the picture carries.
  var checker: Checker {
    let shared = Resources.graphFolders.first ?? "/graphs"
    var texts: [String: [UInt8]] = [:]
    for (name, text) in record.sources {
      texts[PlacedPath.absolute(PlacedPath.join(folder, name))] = Array(text.utf8)
    }
    for (name, text) in record.graphs { texts[shared + "/" + name] = Array(text.utf8) }
    let reader = SourceReader { [texts] path throws(SourceReadFailure) in
      guard let bytes = texts[PlacedPath.absolute(path)] else { throw .notFound }
      return bytes
    }
    return Checker(catalog: library.catalog, reader: reader, graphFolders: [shared])
  }

  /// What was set when the picture was made, and what is set now.
  func settings(with given: [Setting]) -> [Setting] {
    let names = Set(given.map(\.name))
    let old = record.settings.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
    return old.map { name, value in
      Setting(
        name: name, value: value.path.map { PlacedPath.join(folder, $0) } ?? value.text ?? "")
    } + given
  }

  private static func missing(
    _ files: [PictureRecord.File], in folder: String
  ) -> [PictureRecord.File] {
    files.filter {
      !FileManager.default.fileExists(atPath: PlacedPath.join(folder, $0.path))
    }
  }
}
