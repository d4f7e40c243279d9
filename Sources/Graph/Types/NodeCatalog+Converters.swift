extension NodeCatalog {
  /// The nodes that turn one type into another: one of the inputs takes the first, one of the
  /// outputs is the second. At most three.
  ///
  /// Numbers, words and truths are what nodes are set with, not what they turn into something.
  func converters(from found: PortType, to wanted: PortType) -> [String] {
    switch found {
    case .int, .float, .bool, .seed, .choice, .size, .color: return []
    default:
      let matching = schemas.filter { schema in
        schema.outputs.contains { $0.type.hasSameKind(as: wanted) }
          && schema.inputs.contains { $0.type.hasSameKind(as: found) }
      }
      return matching.prefix(3).map(\.name)
    }
  }
}
