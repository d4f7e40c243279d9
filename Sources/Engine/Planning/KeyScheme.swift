import Graph

/// How nodes are named in the store.
///
/// A *static* key says what a node would compute, from the graph and its files alone: by the keys of
/// its inputs' producers. A *content* key says it by what its inputs hold, so that an edit upstream
/// which changed nothing ends there. A node that takes a file which is not known before the run has
/// neither, and is never found in the store.
struct KeyScheme: Sendable {
  /// Raised whenever keys are made differently.
  static let version = 1

  /// The precision and the like under which kernels run: part of every key.
  let numericMode: String
  let files: FileDigests

  /// `key` gives the static keys of the nodes before. Throws `UnreadableInput`.
  func staticKey(of node: CheckedNode, key: (NodeID) -> Hash256?) throws -> Hash256? {
    try self.key("static", of: node) { reference, hasher in
      guard let key = key(reference.node) else { return false }
      hasher.add(key)
      hasher.add(reference.port)
      return true
    }
  }

  /// `content` gives the digests of the values of the nodes before. Throws `UnreadableInput`.
  func contentKey(
    of node: CheckedNode, content: (OutputReference) -> Hash256?
  ) throws -> ContentKey? {
    let hash = try key("content", of: node) { reference, hasher in
      guard let digest = content(reference) else { return false }
      hasher.add(digest)
      return true
    }
    guard let hash, let likeness = try likeness(of: node) else { return nil }
    return ContentKey(hash: hash, likeness: likeness)
  }

  /// What content keys of the same kind of node with the same parameters share, whatever comes in.
  /// Throws `UnreadableInput`.
  func likeness(of node: CheckedNode) throws -> Hash256? {
    try key("likeness", of: node) { _, _ in true }
  }

  /// The name of a value that is not stored, such as a handle: by what it was made from. A node
  /// without a key makes something new each time.
  static func content(ofPort port: String, madeBy key: ContentKey?) -> Hash256 {
    var hasher = FieldHasher()
    hasher.add("not stored")
    hasher.add(key?.hash ?? .unique())
    hasher.add(port)
    return hasher.finish()
  }

  private typealias Naming = (OutputReference, inout FieldHasher) -> Bool

  private func key(_ kind: String, of node: CheckedNode, naming: Naming) throws -> Hash256? {
    var hasher = FieldHasher()
    hasher.add("easel \(kind) key \(Self.version)")
    hasher.add(numericMode)
    hasher.add(node.schema.name)
    hasher.add(node.schema.version)
    for port in node.schema.outputs { hasher.add(port.name) }
    for port in node.schema.inputs where port.affectsResult {
      guard let binding = node.inputs[port.name] else { continue }
      hasher.add(port.name)
      guard try add(binding, at: port, to: &hasher, naming: naming) else { return nil }
    }
    return hasher.finish()
  }

  /// False when the input cannot be named.
  private func add(
    _ binding: Binding, at port: PortSchema, to hasher: inout FieldHasher, naming: Naming
  ) throws -> Bool {
    switch binding {
    case .constant(let literal):
      hasher.add("constant")
      try add(literal.widened(to: port.type), at: port.name, to: &hasher)
      return true
    case .output(let reference):
      hasher.add("output")
      return !port.type.holdsPaths && naming(reference, &hasher)
    case .computed(let computation):
      return !port.type.holdsPaths && add(computation, to: &hasher, naming: naming)
    case .list(let elements):
      hasher.add("gathered")
      hasher.add(elements.count)
      return try elements.allSatisfy { try add($0, at: port, to: &hasher, naming: naming) }
    case .choice(let condition, let first, let second):
      hasher.add(second == nil ? "if" : "either")
      return try add(condition, to: &hasher, naming: naming)
        && ([first, second].compactMap(\.self)).allSatisfy {
          try add($0, at: port, to: &hasher, naming: naming)
        }
    }
  }

  private func add(
    _ computation: Computation, to hasher: inout FieldHasher, naming: Naming
  ) -> Bool {
    hasher.add("computed")
    hasher.add(computation.canonical)
    hasher.add(computation.references.count)
    return computation.references.allSatisfy { naming($0, &hasher) }
  }

  /// Files enter by what is in them.
  private func add(_ literal: Literal, at port: String, to hasher: inout FieldHasher) throws {
    switch literal {
    case .path(let path):
      hasher.add("file")
      hasher.add(try digest(of: path, at: port))
    case .list(let elements):
      hasher.add("list")
      hasher.add(elements.count)
      for element in elements { try add(element, at: port, to: &hasher) }
    default:
      hasher.add(literal.canonical)
    }
  }

  /// The digest of what is at a path. Throws `UnreadableInput`.
  func digest(of path: FilePathLiteral, at port: String) throws -> Hash256 {
    do {
      return try files.digest(of: path.resolved)
    } catch let error as UnreadableFile {
      throw UnreadableInput(port: port, path: path, file: error)
    }
  }
}

/// What a node's result is known by, once it is known what comes in.
struct ContentKey: Hashable, Sendable {
  var hash: Hash256
  var likeness: Hash256
}

extension PortType {
  fileprivate var holdsPaths: Bool {
    switch self {
    case .path: true
    case .list(let element): element.holdsPaths
    default: false
    }
  }
}
