/// What to do about a value that does not fit.
extension PortType {
  /// How to write a value of the type.
  var advice: String {
    switch self {
    case .int: "write a whole number"
    case .float: "write a number"
    case .bool: "write `true` or `false`"
    case .text: "write a text"
    case .choice(let words): "it is one of \(Diagnostic.listed(words, "or"))"
    case .path: "write a path, relative to the folder of this file"
    case .color: "write it like `#ff8800`"
    case .seed: "write a whole number from 0 up"
    case .size: "write it like `512x768`"
    case .list(let element) where element.isScalar: "write a list in brackets: `[...]`"
    case .optional(let wrapped): wrapped.advice
    case .list: "write a list of what nodes put out: `[${node.output}]`"
    case .image, .mask, .latent, .handle, .any: "refer to what a node puts out: ${node.output}"
    }
  }

  /// What to do where a constant of another type was written.
  func advice(insteadOf text: String, _ found: PortType) -> String {
    isNumber && found == .text && NumberSpelling(text) != nil ? "write it without quotes" : advice
  }

  /// What to do where an expression of another type stands.
  func advice(insteadOf found: PortType) -> String {
    switch (self, found) {
    case (.list(let element), _) where element.hasSameKind(as: found):
      "write a list of one: `[${...}]`"
    case (_, .list) where found.isList(of: self):
      "map the node over the list with `each`, or take one element with `pick`"
    case (.int, .float), (.seed, .float): "write ${round(...)}, ${floor(...)} or ${ceil(...)}"
    case (.seed, .int): "a seed is a constant or an input; no node can make one"
    case (.choice, .text):
      "a word that a node puts out may be none of the choices; write one of them"
    case (.text, _) where found.isScalar: "write it into a text, such as `number ${...}`"
    case (.path, .text), (.color, .text), (.size, .text):
      "declare the input with its type: `{ type: \(self), default: ... }`"
    default: advice
    }
  }

  /// Whether it is a list of values that can be used as the other type.
  func isList(of other: PortType) -> Bool {
    guard let element else { return false }
    return element.hasSameKind(as: other) || element.isNumber && other.isNumber
  }
}
