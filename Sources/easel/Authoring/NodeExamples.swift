import Graph

/// How nodes are used, made up from their ports: for each, the part of a graph that uses it. A node is
/// called after its kind, so that all parts together are a graph.
struct NodeExamples {
  private typealias Source = (type: PortType, reference: String)

  private let sources: [Source]

  /// Looks for the shortest way to a value of each type, so that no node needs its own result.
  init(catalog: NodeCatalog) {
    var sources: [Source] = []
    var waiting = catalog.schemas
    while true {
      let ready = waiting.filter { schema in
        schema.neededValues.allSatisfy { Self.reference(to: $0.type, from: sources) != nil }
      }
      guard !ready.isEmpty else { break }
      let found = Set(ready.map(\.name))
      waiting.removeAll { found.contains($0.name) }
      sources += ready.flatMap(\.references)
    }
    self.sources = sources
  }

  /// The node with all that it must be given; where that is nothing, with its first two inputs.
  func yaml(_ schema: NodeSchema) -> String {
    let required = schema.inputs.filter { $0.presence == .required }
    let shown = required.isEmpty ? Array(schema.inputs.prefix(2)) : required
    let lines = shown.compactMap { port in value(of: port).map { "  \(port.name): \($0)" } }
    return (["\(schema.name):", "  uses: \(schema.name)"] + lines).joined(separator: "\n")
  }

  private func value(of port: PortSchema) -> String? {
    if case .defaulted(let value) = port.presence { return value.spelled }
    return value(of: port.type, port: port)
  }

  private func value(of type: PortType, port: PortSchema) -> String? {
    switch type {
    case .list(.list(.float)): "[[8, 8], [56, 8], [32, 56]]"
    case .list(let element) where element.isScalar:
      sources.first { $0.type == type }?.reference
        ?? value(of: element, port: port).map { "[\($0)]" }
    case .optional(let wrapped): value(of: wrapped, port: port)
    case .image, .mask, .latent, .handle, .list, .any:
      Self.reference(to: type, from: sources)
    default: port.exampleConstant(of: type).spelled
    }
  }

  /// Nil where the library makes no such value.
  private static func reference(to type: PortType, from sources: [Source]) -> String? {
    switch type {
    case .list(let element): return reference(to: element, from: sources).map { "[\"\($0)\"]" }
    case .optional(let wrapped): return reference(to: wrapped, from: sources)
    case .any: return reference(to: .image(.unknown), from: sources)
    default: return sources.first { $0.type.kind == type.kind }?.reference
    }
  }
}

extension NodeSchema {
  /// The inputs that need other nodes.
  fileprivate var neededValues: [PortSchema] {
    inputs.filter { $0.presence == .required && !$0.type.isScalar }
  }

  /// The values that it makes; not those that it only changes.
  fileprivate var references: [(type: PortType, reference: String)] {
    let changed = inputs.filter { $0.presence == .required && $0.type.isScalar }.map(\.type)
    return outputs.filter { !changed.contains($0.type) }.map {
      ($0.type, outputs.count == 1 ? "${\(name)}" : "${\(name).\($0.name)}")
    }
  }
}

extension PortSchema {
  /// A constant that the port takes.
  fileprivate func exampleConstant(of type: PortType) -> Literal {
    switch type {
    case .int: .int(Int(within(64)))
    case .float: .float(within(0.5))
    case .bool: .bool(true)
    case .seed: .int(7)
    case .path: .text(examplePath)
    case .color: .text("#ff8800")
    case .size: .size(width: 512, height: 512)
    case .choice(let words): .text(words.first ?? "")
    default: .text("a smiling person")
    }
  }

  /// Of a port for models the one that comes with Easel, where it is of use there.
  private var examplePath: String {
    guard let locate else { return "picture.png" }
    return (try? locate("default", "")) == nil ? "\(name).safetensors" : "default"
  }

  private func within(_ number: Double) -> Double {
    guard let range else { return number }
    return min(max(number, range.lowerBound), range.upperBound)
  }
}

extension Literal {
  /// As it is written in YAML.
  fileprivate var spelled: String {
    switch self {
    case .text(let text) where !text.isPlain: "\"\(text)\""
    case .color(let color): "\"\(color)\""
    case .path(let path) where !path.written.isPlain: "\"\(path.written)\""
    default: display
    }
  }
}

extension String {
  /// Whether YAML reads it as itself without quotes.
  fileprivate var isPlain: Bool {
    guard let first, first.isLetter else { return false }
    return allSatisfy { $0.isLetter || $0.isNumber || " ./_-".contains($0) }
  }
}
