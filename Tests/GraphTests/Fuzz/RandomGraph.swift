import Graph

/// Writes a graph by the language's grammar, its values of the right types more often than not.
struct RandomGraph {
  var random: SplitMix
  /// How many files `./part0.yaml`, `./part1.yaml`... there are to use.
  let partCount: Int
  /// What can be referred to, by the kind of its type.
  private var references: [String: [String]] = [:]
  private var names: [String] = ["nothing"]

  init(random: SplitMix, partCount: Int) {
    self.random = random
    self.partCount = partCount
  }

  mutating func written(asPart isPart: Bool) -> String {
    var text = "easel: 1\n"
    if random.happens(onceIn: 9) { text += "allow: [\(random.one(of: Self.codes))]\n" }
    text += inputs(isPart: isPart) + "nodes:\n"
    for index in 0...random.index(below: 9) { text += node("n\(index)") }
    text += "outputs:\n"
    for index in 0...random.index(below: 2) { text += "  o\(index): \(value(of: nil))\n" }
    return text
  }

  private mutating func inputs(isPart: Bool) -> String {
    var text = "inputs:\n"
    let count = 1 + random.index(below: 4)
    for index in 0..<count {
      let (type, fallback) = random.one(of: Self.inputs)
      let hasDefault = !fallback.isEmpty && !(isPart && random.happens(onceIn: 2))
      text += "  i\(index): { type: \(type)\(hasDefault ? ", default: \(fallback)" : "") }\n"
      offer("i\(index)", "i\(index)", kind: String(type.prefix { $0 != "<" }))
    }
    return text
  }

  private mutating func offer(_ name: String, _ reference: String, kind: String) {
    if names.last != name { names.append(name) }
    references[kind, default: []].append(reference)
  }

  private mutating func node(_ name: String) -> String {
    if partCount > 0, random.happens(onceIn: 4) { return part(name) }
    let schema = random.one(of: testCatalog.schemas)
    var text = "  \(name):\n    uses: \(schema.name)\n"
    if random.happens(onceIn: 5) { text += "    when: \(value(of: .bool))\n" }
    let isMapped = random.happens(onceIn: 4)
    let mapped = isMapped ? random.one(of: schema.inputs) : nil
    if let mapped { text += "    each: \(lists(mapped))\n" }
    for port in schema.inputs where port.name != mapped?.name || random.happens(onceIn: 9) {
      if port.presence != .required, !random.happens(onceIn: 3) { continue }
      text += "    \(port.name): \(value(of: port.type))\n"
    }
    for output in schema.outputs {
      offer(name, "\(name).\(output.name)", kind: isMapped ? "list" : output.type.kind)
    }
    return text
  }

  private mutating func part(_ name: String) -> String {
    var text = "  \(name):\n    uses: ./part\(random.index(below: partCount)).yaml\n"
    if random.happens(onceIn: 4) { text += "    each: { i0: \(list(of: nil)) }\n" }
    for index in 0..<random.index(below: 5) { text += "    i\(index): \(value(of: nil))\n" }
    for index in 0..<2 { offer(name, "\(name).o\(index)", kind: random.one(of: ["image", "int"])) }
    return text
  }

  private mutating func lists(_ port: PortSchema) -> String {
    switch random.index(below: 4) {
    case 0: "{ \(port.name): \(list(of: port.type)), x: \(list(of: nil)) }"
    case 1: "{ zip: { \(port.name): \(list(of: port.type)), x: \(list(of: nil)) } }"
    default: "{ \(port.name): \(list(of: port.type)) }"
    }
  }

  private mutating func list(of type: PortType?) -> String {
    if random.happens(onceIn: 4) { return "\"${\(reference(to: "list"))}\"" }
    let elements = (0..<random.index(below: 4)).map { _ in value(of: type) }
    return "[\(elements.joined(separator: ", "))]"
  }

  private mutating func value(of type: PortType?) -> String {
    guard let type, !random.happens(onceIn: 12) else { return "\"${\(expression(depth: 3))}\"" }
    if case .list(let element) = type { return list(of: element) }
    let constants = Self.constants[type.kind] ?? []
    guard !constants.isEmpty, !random.happens(onceIn: 4) else {
      return "\"${\(typed(type))}\""
    }
    return random.one(of: constants)
  }

  /// An expression that may well be of the type.
  private mutating func typed(_ type: PortType) -> String {
    let first = reference(to: type.kind)
    return switch random.index(below: 5) {
    case 0: "\(first) ?? \(reference(to: type.kind))"
    case 1: "\(expression(depth: 2)) ? \(first) : \(reference(to: type.kind))"
    default: first
    }
  }

  private mutating func reference(to kind: String) -> String {
    random.one(of: references[kind] ?? names)
  }

  private mutating func expression(depth: Int) -> String {
    guard depth > 0, !random.happens(onceIn: 3) else {
      let scalars = ["int", "float", "bool", "text", "seed"].flatMap { references[$0] ?? [] }
      return random.one(of: scalars + names + Self.literals)
    }
    let (a, b) = (expression(depth: depth - 1), expression(depth: depth - 1))
    return switch random.index(below: 6) {
    case 0: "\(a) ? \(b) : \(expression(depth: depth - 1))"
    case 1: "\(random.one(of: ["min", "max", "len", "round", "nil"]))(\(a), \(b))"
    case 2: "\(random.one(of: ["len", "floor", "ceil"]))(\(a))"
    case 3: "\(random.one(of: ["-", "!"]))(\(a))"
    default: "(\(a) \(random.one(of: Self.operators)) \(b))"
    }
  }
}

// MARK: Words

extension RandomGraph {
  private static let inputs = [
    ("int", "64"), ("float", "0.5"), ("bool", "true"), ("text", "a cat"), ("seed", "7"),
    ("size", "64x32"), ("path", "cat-64x32.png"), ("list<int>", "[1, 2]"), ("list<text>", "[a, b]"),
    ("image", ""), ("image<64x32>", ""), ("list<image>", ""), ("vae<sd1>", ""), ("model", ""),
    ("color", "'#fff'"), ("list<float>", "[]"),
  ]
  private static let constants = [
    "int": ["64", "8", "100", "-1", "512"], "float": ["0.5", "1", "7.5", "-3"],
    "bool": ["true", "false", "1"], "text": ["a cat", "''", "$${x}", "3"],
    "seed": ["0", "7", "-7"],
    "size": ["64x32", "{ width: 64, height: 32 }", "50x50", "0x1"], "color": ["'#f80'", "red"],
    "path": ["cat-64x32.png", "models/sd1", "default", "../x-8x8.png", "none.jpg", "models/sd2"],
    "choice": ["euler", "normal", "eule"],
  ]
  private static let literals = [
    "0", "1", "2.5", "1e308", "9223372036854775807", "true", "false", "'a'", "''", "-8", "64",
  ]
  private static let operators = [
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??",
  ]
  private static let codes = ["unused-node", "unused-input, odd-size", "needless-allow", "cycle"]
}
