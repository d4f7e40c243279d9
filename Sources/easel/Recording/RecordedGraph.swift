import FoundationEssentials
import Graph
import Nodes

/// The graph that a picture carries, put where its files are.
struct RecordedGraph {
  private let record: PictureRecord
  /// Where the graph's folder is taken to be, empty for where the program was called.
  let folder: String
  /// The files that went into the picture and are not to be found from there.
  let missing: [PictureRecord.File]

  /// The graph in the picture's own folder, and in the one where it was when the picture was made: first the
  /// one with more of the files.
  static func candidates(of picture: RecordedPicture) -> [RecordedGraph] {
    let beside = PlacedPath.folder(of: picture.path)
    let original = picture.record.folder.map { PlacedPath.join(beside, $0) }
    let graphs = ([beside] + [original].compactMap(\.self))
      .map { RecordedGraph(picture.record, in: $0) }
    return graphs.sorted { $0.missing.count < $1.missing.count }
  }

  private init(_ record: PictureRecord, in folder: String) {
    self.record = record
    self.folder = folder
    missing = record.files.filter {
      $0.from == nil
        && !FileManager.default.fileExists(atPath: PlacedPath.join(folder, $0.path))
    }
  }

  /// The graph's file, which need not be there.
  var file: String { PlacedPath.join(folder, record.graph) }

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
}
