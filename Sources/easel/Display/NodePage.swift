import Graph

/// The documentation of one kind of node.
struct NodePage: Encodable {
  var name: String
  var version: Int
  var about: String
  var inputs: [Port]
  var outputs: [Port]

  struct Port: Encodable {
    var name: String
    var type: String
    var about: String
    var required: Bool?
    var `default`: String?
    var minimum: Double?
    var maximum: Double?
    var choices: [String]?
  }

  init(schema: NodeSchema) {
    name = schema.name
    version = schema.version
    about = schema.about
    inputs = schema.inputs.map { Port(input: $0) }
    outputs = schema.outputs.map { Port(name: $0.name, type: $0.type.description, about: $0.about) }
  }

  /// As `easel nodes NAME` prints it.
  var text: String {
    var lines = ["\(name), version \(version)", "", about, "", "Inputs"]
    var table = TextTable()
    for port in inputs { table.add(port.name, port.kind, port.presence, port.about) }
    lines += [table.rendered(), "", "Outputs"]
    table = TextTable()
    for port in outputs { table.add(port.name, port.kind, port.about) }
    return (lines + [table.rendered()]).joined(separator: "\n")
  }
}

extension NodePage.Port {
  init(input port: PortSchema) {
    self.init(name: port.name, type: port.type.description, about: port.about)
    required = port.presence == .required
    if case .defaulted(let value) = port.presence { `default` = value.display }
    minimum = port.range?.lowerBound
    maximum = port.range?.upperBound
    if case .choice(let words) = port.type {
      type = "choice"
      choices = words
    }
  }

  /// The type with what limits it.
  var kind: String {
    if let choices { return choices.joined(separator: "|") }
    guard let minimum, let maximum else { return type }
    return "\(type) \(Self.number(minimum))...\(Self.number(maximum))"
  }

  var presence: String {
    if let `default` { return `default`.isEmpty ? "= \"\"" : "= \(`default`)" }
    return required == true ? "required" : "optional"
  }

  static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
