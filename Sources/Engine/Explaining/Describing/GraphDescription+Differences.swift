import Graph

/// Where a node's key differs from that of an earlier one.
enum Difference: Hashable, Sendable {
  case change(Change)
  /// What comes from another node, whose key is another now.
  case upstream(port: String, is: OutputReference, was: OutputReference)
}

extension GraphDescription {
  /// What tells a node from one of an earlier run, in the order of the key's components. Nothing, if and
  /// only if their keys are equal.
  func differences(
    of node: NodeDescription, from past: NodeDescription, in run: GraphDescription
  ) -> [Difference] {
    let comparison = Comparison(present: self, past: run)
    return comparison.ofDeclarations(node, past) + comparison.ofInputs(node, past)
  }
}

private struct Comparison {
  let present: GraphDescription
  let past: GraphDescription

  func ofDeclarations(_ node: NodeDescription, _ old: NodeDescription) -> [Difference] {
    var changes: [Change] = []
    if present.keyVersion != past.keyVersion { changes.append(.keyScheme) }
    if present.numericMode != past.numericMode {
      changes.append(.numericMode(was: past.numericMode, is: present.numericMode))
    }
    if node.uses != old.uses {
      changes.append(.kind(was: old.uses, is: node.uses))
    } else if node.version != old.version {
      changes.append(.version(of: node.uses, was: old.version, is: node.version))
    } else if node.outputs != old.outputs || !haveSameOrder(node, old) {
      changes.append(.declaration(of: node.uses))
    }
    return changes.map(Difference.change)
  }

  /// Whether the ports that both have stand in the same order.
  private func haveSameOrder(_ node: NodeDescription, _ old: NodeDescription) -> Bool {
    if node.inputs.elementsEqual(old.inputs, by: { $0.port == $1.port }) { return true }
    let (ports, oldPorts) = (node.inputs.map(\.port), old.inputs.map(\.port))
    return ports.filter(Set(oldPorts).contains) == oldPorts.filter(Set(ports).contains)
  }

  func ofInputs(_ node: NodeDescription, _ old: NodeDescription) -> [Difference] {
    if node.inputs.elementsEqual(old.inputs, by: { $0.port == $1.port }) {
      return zip(node.inputs, old.inputs).compactMap { new, old in
        difference(at: new.port, new.component, old.component)
      }
    }
    var rest = Dictionary(old.inputs.map { ($0.port, $0.component) }) { first, _ in first }
    let inputs = node.inputs.compactMap { input in
      difference(at: input.port, input.component, rest.removeValue(forKey: input.port))
    }
    let removed = old.inputs.filter { rest[$0.port] != nil }
    return inputs + removed.compactMap { difference(at: $0.port, nil, $0.component) }
  }

  /// Nil where the two go into keys alike.
  private func difference(at port: String, _ new: Component?, _ old: Component?) -> Difference? {
    switch (new, old) {
    case (.constant(let new), .constant(let old)) where new.canonical == old.canonical: return nil
    case (.file(let new, _), .file(let old, _)) where new == old: return nil
    case (.output(let new), .output(let old)): return difference(at: port, new, old)
    case (.computed(let new), .computed(let old)) where new.isLike(old):
      return difference(at: port, new.references, old.references)
    case (.constants(let new), .constants(let old)) where new.count == old.count:
      return ofConstants(at: port, new, old)
    case (.gathered(let new), .gathered(let old)) where new.count == old.count:
      return ofGathered(at: port, new, old)
    case (.choice(let new, let then, let other), .choice(let old, let oldThen, let oldOther))
    where new.isLike(old) && (other == nil) == (oldOther == nil):
      return difference(at: port, new.references, old.references)
        ?? difference(at: port, then, oldThen) ?? difference(at: port, other, oldOther)
    case (nil, nil): return nil
    default:
      return .change(
        .input(port: port, was: old.map(InputValue.init), is: new.map(InputValue.init)))
    }
  }

  /// Constants are said more clearly as a whole.
  private func ofConstants(
    at port: String, _ new: [Component], _ old: [Component]
  ) -> Difference? {
    let differences = ofElements(at: port, new, old)
    guard case .change(.input(_, .constant, .constant)) = differences.first else {
      return differences.first
    }
    return .change(
      .input(port: port, was: InputValue(.constants(old)), is: InputValue(.constants(new))))
  }

  /// Of elements that come from other nodes, one that is new in the run is what matters; where there is none,
  /// only their order changed.
  private func ofGathered(
    at port: String, _ new: [Component], _ old: [Component]
  ) -> Difference? {
    let differences = ofElements(at: port, new, old)
    return differences.first { !isMoved($0) }
      ?? differences.first.map { _ in
        .change(.order(port: port))
      }
  }

  private func ofElements(
    at port: String, _ new: [Component], _ old: [Component]
  ) -> [Difference] {
    zip(new, old).enumerated().compactMap { index, pair in
      difference(at: "\(port)[\(index + 1)]", pair.0, pair.1)
    }
  }

  private func isMoved(_ difference: Difference) -> Bool {
    guard case .upstream(_, let source, _) = difference else { return false }
    return present[source.node].map(past.hasKey) ?? false
  }

  private func difference(
    at port: String, _ new: [OutputReference], _ old: [OutputReference]
  ) -> Difference? {
    zip(new, old).lazy.compactMap { difference(at: port, $0, $1) }.first
  }

  private func difference(
    at port: String, _ new: OutputReference, _ old: OutputReference
  ) -> Difference? {
    let (key, oldKey) = (present[new.node]?.key, past[old.node]?.key)
    if key != nil, key == oldKey, new.port == old.port { return nil }
    let isRewired = new.node == old.node ? new.port != old.port : !isRenamed(new.node, old.node)
    return isRewired
      ? .change(.input(port: port, was: .output(old), is: .output(new)))
      : .upstream(port: port, is: new, was: old)
  }

  /// Whether a node of the earlier run is likely to be there still, under another name.
  private func isRenamed(_ new: NodeID, _ old: NodeID) -> Bool {
    if let group = present[new]?.group, group == past[old]?.group { return true }
    return past[new] == nil && present[old] == nil && present[new]?.uses == past[old]?.uses
  }
}

extension Component.Formula {
  fileprivate func isLike(_ other: Self) -> Bool {
    canonical == other.canonical && references.count == other.references.count
  }
}
