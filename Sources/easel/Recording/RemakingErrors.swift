/// A picture whose files or nodes are not what they were.
struct ChangedSources: Error, CustomStringConvertible {
  var path: String
  var differences: [Difference]

  var description: String {
    (["\(path) cannot be made again as it was"] + differences.map { "  \($0)" }
      + ["  (set an input with --set to make a new picture from what there is)"])
      .joined(separator: "\n")
  }
}

/// A picture whose files are gone.
struct MissingFiles: Error, CustomStringConvertible {
  var path: String
  var files: [PictureRecord.File]
  /// Where they were looked for.
  var folders: [String]

  var description: String {
    let places = folders.map { PlacedPath.relative($0, to: "") ?? $0 }.joined(separator: " and ")
    return
      (["\(path) cannot be made again: files are missing (looked in \(places))"]
      + files.map { "  \($0.path), for \($0.node).\($0.port), with the digest \($0.sha256)" })
      .joined(separator: "\n")
  }
}

/// A picture of a list that is not that long any more, or was none.
struct MissingPart: Error, CustomStringConvertible {
  var record: PictureRecord
  var count: Int

  var description: String {
    "the output `\(record.output)` has \(count) files now, and none is "
      + (record.number.map { "number \($0)" } ?? "the only one")
  }
}

/// A picture that would take the place of the one that it was made from.
struct OverwrittenPicture: Error, CustomStringConvertible {
  var path: String

  var description: String {
    "\(path) is the picture that this was made from, and it came out differently; name another folder with --out"
  }
}

/// A comparison, for programs.
struct ComparedPicture: Encodable {
  var event = "compared"
  var path: String
  var same: Bool
  var message: String

  init(_ comparison: PictureComparison, of path: String) {
    self.path = path
    same = comparison.isSame
    message = comparison.description
  }
}
