import Graph

/// Making choices: which of a node's inputs, and of the graph's outputs, are needed at all.
extension Schedule {
  /// Makes a node's choices, or demands the next value that they depend on.
  mutating func decide(_ index: Int) {
    var node = wiring.nodes[index]
    do {
      for port in node.schema.inputs {
        node.inputs[port.name] = try node.inputs[port.name]?.decided(by: values.literal)
      }
      nodes[index] = node
      sources[index] = node.sources
      begin(index)
    } catch let missing as MissingOutput {
      values.hold([missing.reference], for: index)
      demandScalar(missing.reference)
    } catch {
      fail(index, error)
    }
  }

  /// Makes the choices of the graph's outputs that can be made now; whether there is something new to do.
  mutating func decideOutputs() -> Bool {
    let waiting = undecided
    undecided = []
    // What is demanded last is begun first.
    for output in waiting.reversed() { decide(output: output) }
    return !demanded.isEmpty || !touched.isEmpty
  }

  private mutating func decide(output index: Int) {
    let output = wiring.outputs[index]
    do {
      results[index] = try output.binding.decided(by: values.literal)
      for reference in (results[index]?.references ?? []).reversed() { target(reference) }
    } catch let missing as MissingOutput {
      undecided.append(index)
      target(missing.reference)
    } catch {
      fail(RunFailure(output: output, underlying: error))
    }
  }

  /// Holds an output for the graph itself, and demands it.
  private mutating func target(_ reference: OutputReference) {
    let index = wiring.position(of: reference.node)
    guard !targets[index].contains(reference) else { return }
    targets[index].append(reference)
    values.hold([reference], for: nil)
    demandScalar(reference)
  }

  /// Demands an output's content, or its value where the content is known already.
  private mutating func demandScalar(_ reference: OutputReference) {
    let index = wiring.position(of: reference.node)
    if phases[index] == .settled { demandValue(of: reference) } else { demanded.append(index) }
  }
}
