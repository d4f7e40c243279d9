/// What a record is found by.
enum RecordKey: Hashable, Sendable {
  /// The static key of a node.
  case `static`(Hash256)
  /// The content key of a node. Records of the same kind of node with the same parameters, their
  /// `likeness`, lie together: so it can be told before a run whether one might be found.
  case content(Hash256, likeness: Hash256)

  /// A unique name, and a relative path.
  var name: String {
    switch self {
    case .static(let hash): "static/\(hash.spread)"
    case .content(let hash, let likeness): "content/\(likeness)/\(hash)"
    }
  }

  var hash: Hash256 {
    switch self {
    case .static(let hash), .content(let hash, _): hash
    }
  }

  static func content(_ key: ContentKey) -> RecordKey {
    .content(key.hash, likeness: key.likeness)
  }

  init?(name: String) {
    let parts = name.split(separator: "/")
    guard parts.count == 3 else { return nil }
    if parts[0] == "static", let hash = Hash256(hex: parts[1] + parts[2]) {
      self = .static(hash)
    } else if parts[0] == "content", let likeness = Hash256(hex: parts[1]),
      let hash = Hash256(hex: parts[2])
    {
      self = .content(hash, likeness: likeness)
    } else {
      return nil
    }
  }
}
