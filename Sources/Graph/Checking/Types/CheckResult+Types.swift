extension CheckResult {
  /// The types of all ports that are right, by file and place: of the graph, of its nodes, of the nodes of the
  /// graphs that it uses. The elements of a mapped node are one.
  public var types: [TypedPort] {
    guard let sound else { return [] }
    var listing = TypeListing()
    for input in sound.inputs {
      listing.add(nil, input.name, .input, input.type, at: input.span)
    }
    for node in typedNodes { listing.add(node) }
    for node in sound.nodes { listing.add(TypedNode(node)) }
    for output in sound.outputs {
      listing.add(nil, output.name, .output, output.type, at: output.span)
    }
    return listing.sorted(files: files)
  }
}

/// Gathers the types of ports, the elements of mapped nodes as one.
private struct TypeListing {
  private struct Key: Hashable {
    var group: NodeID?
    var port: String
    var direction: TypedPort.Direction
  }

  private var ports: [TypedPort] = []
  private var indices: [Key: Int] = [:]

  mutating func add(_ node: TypedNode) {
    for case (let name, let type?) in node.inputs {
      add(node.id, name, .input, type, at: node.inputSpans[name] ?? node.span)
    }
    for case (let name, let type?) in node.outputs {
      add(node.id, name, .output, type, at: node.span)
    }
  }

  mutating func add(
    _ node: NodeID?, _ port: String, _ direction: TypedPort.Direction, _ type: PortType,
    at span: SourceSpan
  ) {
    let key = Key(group: node?.group, port: port, direction: direction)
    guard let index = indices[key], let node else {
      indices[key] = ports.count
      ports.append(
        TypedPort(
          node: node?.path, port: port, direction: direction, type: type, count: 1, span: span))
      return
    }
    ports[index].count += 1
    ports[index].type = ports[index].type.shared(with: type)
    ports[index].node = ports[index].node.map { NodeID($0).joined(with: node) }
  }

  func sorted(files: [String]) -> [TypedPort] {
    let ranks = Dictionary(zip(files, 0...)) { first, _ in first }
    let places = ports.enumerated().map { index, port in
      (ranks[port.span.file] ?? .max, port.span.bytes.lowerBound, index)
    }
    return places.sorted { $0 < $1 }.map { ports[$0.2] }
  }
}

extension PortType {
  /// What two types have in common.
  fileprivate func shared(with other: PortType) -> PortType {
    guard self != other else { return self }
    let common = PortType.common(self, other) ?? .any
    return family == other.family ? common : common.mapFamily { _ in .variable("") }
  }
}

extension NodeID {
  /// The elements up to this one in one name: `a[1...2]` and `a[3]` are `a[1...3]`.
  fileprivate func joined(with other: NodeID) -> String {
    var numbers = other.numbers[...]
    var name = ""
    for (index, piece) in path.split(separator: "[", omittingEmptySubsequences: false).enumerated()
    {
      guard index > 0, let close = piece.firstIndex(of: "]") else {
        name += piece
        continue
      }
      let last = max(piece[..<close].lastNumber, numbers.popFirst() ?? 1)
      name += (last > 1 ? "[1...\(last)" : "[1") + piece[close...]
    }
    return name
  }

  /// The numbers of elements, from the outermost node inwards.
  private var numbers: [Int] {
    path.split(separator: "[").dropFirst().map { $0.prefix { $0 != "]" }.lastNumber }
  }
}

extension Substring {
  /// The number behind `...`, or the only one.
  fileprivate var lastNumber: Int { split(separator: ".").last.flatMap { Int($0) } ?? 1 }
}
