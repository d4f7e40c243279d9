import Graph

/// What is needed for something that is needed.
extension Schedule {
  mutating func settleWhatCanBe() {
    while !isStopped {
      if let index = demanded.popLast() {
        demandContents(of: index)
      } else if let index = touched.popLast() {
        advance(index)
      } else if !decideOutputs() {
        return
      }
    }
  }

  mutating func demandContents(of index: Int) {
    guard phases[index] == .idle else { return }
    if let hit = plan.hits[index] {
      found(hit.record, for: index, hit.reason)
    } else if let record = lookUp(plan.keys[index].map(RecordKey.static), for: index) {
      found(record, for: index, .static)
    } else {
      begin(index)
    }
  }

  mutating func begin(_ index: Int) {
    phases[index] = nodes[index].isUndecided ? .deciding : .resolving
    if phases[index] == .resolving {
      values.hold(sources[index], for: index)
      demanded += sources[index].reversed().map { wiring.position(of: $0.node) }
    }
    touched.append(index)
  }

  mutating func advance(_ index: Int) {
    switch phases[index] {
    case .deciding: decide(index)
    case .resolving where sources[index].allSatisfy({ contents[$0] != nil }): resolve(index)
    case .fetching:
      for source in sources[index] { demandValue(of: source) }
      if sources[index].allSatisfy({ values[$0] != nil }) { enqueue(index) }
    default: break
    }
  }

  /// Called when it is known what the inputs hold.
  mutating func resolve(_ index: Int) {
    let node = nodes[index]
    do {
      // Without a store there is nothing to be found by content.
      if store != nil { contentKeys[index] = try scheme.contentKey(of: node) { contents[$0] } }
    } catch {
      return fail(index, error)
    }
    if types[index].kind == .handle {
      settle(
        index,
        contents: Dictionary(
          uniqueKeysWithValues: node.schema.outputs.map {
            ($0.name, KeyScheme.content(ofPort: $0.name, madeBy: contentKeys[index]))
          }))
    } else if let record = lookUp(contentKeys[index].map(RecordKey.content), for: index) {
      found(record, for: index, .content)
    } else {
      fetch(index)
    }
  }

  mutating func fetch(_ index: Int) {
    phases[index] = .fetching
    values.hold(sources[index], for: index)
    touched.append(index)
  }

  mutating func demandValue(of reference: OutputReference) {
    guard values[reference] == nil, !reading.contains(reference) else { return }
    let index = wiring.position(of: reference.node)
    guard phases[index] == .settled else { return }
    if let output = records[index]?.outputs[reference.port],
      let type = NodePorts.valueType(ofOutput: reference.port, of: types[index])
    {
      reading.insert(reference)
      queue.add(Read(reference: reference, stored: output, type: type))
    } else if types[index].kind == .handle {
      fetch(index)
    } else {
      begin(index)
    }
  }

  mutating func enqueue(_ index: Int) {
    do {
      let job = try job(for: index)
      phases[index] = .underway
      queue.add(job)
    } catch {
      fail(index, error)
    }
  }

  func job(for index: Int) throws -> NodeJob {
    let node = nodes[index]
    let inputs = try node.inputs.compactMapValues { try $0.argument(from: values) }
    return NodeJob(
      index: index, node: node, type: types[index], inputs: inputs,
      peakBytes: try costs[index]?.peakBytes ?? Invocation(types[index], inputs: inputs).peakBytes,
      staticKey: plan.keys[index], contentKey: contentKeys[index],
      files: files[node.id] ?? [])
  }
}
