import Graph

extension GraphDescription {
  private static let magic = "easel history 1"

  /// The bytes that are kept, ended by a checksum.
  var encoded: [UInt8] {
    var writer = HistoryWriter()
    writer.add(Self.magic)
    writer.add(keyVersion)
    writer.add(numericMode)
    writer.add(nodes) { $0.write(to: &$1) }
    return Checksum.appended(to: writer.bytes)
  }

  /// Nil for what is not such bytes, whole and unchanged.
  init?(encoded bytes: [UInt8]) {
    guard let body = Checksum.verified(bytes) else { return nil }
    var reader = HistoryReader(body)
    guard (try? reader.text()) == Self.magic, let keyVersion = try? reader.number(),
      let numericMode = try? reader.text(),
      let nodes = try? reader.array({ try NodeDescription(from: &$0) }), reader.isAtEnd
    else { return nil }
    self.init(keyVersion: keyVersion, numericMode: numericMode, nodes: nodes)
  }
}

extension NodeDescription {
  fileprivate func write(to writer: inout HistoryWriter) {
    writer.add(id.path)
    writer.add(group?.path ?? "")
    writer.add(uses)
    writer.add(version)
    writer.add(outputs) { $1.add($0) }
    writer.add(inputs) { input, writer in
      writer.add(input.port)
      input.component.write(to: &writer)
    }
    writer.add((key == nil ? 0 : 1) | (hasResult ? 2 : 0))
    if let key { writer.add(key) }
  }

  fileprivate init(from reader: inout HistoryReader) throws {
    id = NodeID(try reader.text())
    let group = try reader.text()
    self.group = group.isEmpty ? nil : NodeID(group)
    uses = try reader.text()
    version = try reader.number()
    outputs = try reader.array { try $0.text() }
    inputs = try reader.array {
      Input(port: try $0.text(), component: try Component(from: &$0))
    }
    let flags = try reader.number()
    key = flags & 1 == 0 ? nil : try reader.hash()
    hasResult = flags & 2 != 0
  }
}

extension Component {
  fileprivate enum Tag: Int {
    case constant, text, file, constants, output, computed, gathered, either, only
  }

  fileprivate func write(to writer: inout HistoryWriter) {
    switch self {
    case .constant(let constant):
      writer.add(constant.isText ? .text : .constant)
      writer.add(constant.canonical)
      writer.add(constant.display)
    case .file(let digest, let path):
      writer.add(.file)
      writer.add(digest)
      writer.add(path)
    case .constants(let elements):
      writer.add(.constants)
      writer.add(elements) { $0.write(to: &$1) }
    case .output(let reference):
      writer.add(.output)
      writer.add(reference)
    case .computed(let formula):
      writer.add(.computed)
      writer.add(formula)
    case .gathered(let elements):
      writer.add(.gathered)
      writer.add(elements) { $0.write(to: &$1) }
    case .choice(let condition, let first, let second):
      writer.add(second == nil ? .only : .either)
      writer.add(condition)
      first.write(to: &writer)
      second?.write(to: &writer)
    }
  }

  fileprivate init(from reader: inout HistoryReader) throws {
    self = try reader.nested { try Component(untagged: &$0) }
  }

  private init(untagged reader: inout HistoryReader) throws {
    guard let tag = Tag(rawValue: try reader.number()) else { throw HistoryReader.Malformed() }
    switch tag {
    case .constant, .text:
      self = .constant(
        .init(canonical: try reader.text(), display: try reader.text(), isText: tag == .text))
    case .file: self = .file(digest: try reader.hash(), path: try reader.text())
    case .constants: self = .constants(try reader.array { try Component(from: &$0) })
    case .output: self = .output(try reader.reference())
    case .computed: self = .computed(try reader.formula())
    case .gathered: self = .gathered(try reader.array { try Component(from: &$0) })
    case .either, .only:
      self = .choice(
        try reader.formula(), then: try Component(from: &reader),
        otherwise: tag == .only ? nil : try Component(from: &reader))
    }
  }
}

extension HistoryWriter {
  fileprivate mutating func add(_ tag: Component.Tag) { add(tag.rawValue) }

  fileprivate mutating func add(_ reference: OutputReference) {
    add(reference.node.path)
    add(reference.port)
  }

  fileprivate mutating func add(_ formula: Component.Formula) {
    add(formula.canonical)
    add(formula.references) { $1.add($0) }
  }
}

extension HistoryReader {
  fileprivate mutating func reference() throws -> OutputReference {
    OutputReference(node: NodeID(try text()), port: try text())
  }

  fileprivate mutating func formula() throws -> Component.Formula {
    .init(canonical: try text(), references: try array { try $0.reference() })
  }
}
