import Graph

/// What became of jobs, and what the store has.
extension Schedule {
  mutating func ran(_ index: Int, _ result: NodeResult) {
    queue.ended(index)
    records[index] = result.record
    costs.learn(result.cost, of: index)
    for (port, value) in result.values {
      values.arrived(value, for: OutputReference(node: nodes[index].id, port: port))
    }
    settle(index, contents: result.contents)
    values.letGo(inputsOf: index)
  }

  mutating func waited(_ index: Int) {
    if let record = lookUp(contentKeys[index].map(RecordKey.content), for: index) {
      queue.ended(index)
      found(record, for: index, .content)
    } else {
      queue.resume(index)
    }
  }

  mutating func read(_ reference: OutputReference, _ value: (any PortValue)?) {
    reading.remove(reference)
    queue.endedReading()
    let index = wiring.position(of: reference.node)
    if let value {
      values.arrived(value, for: reference)
      touched += wiring.consumers[index]
    } else if phases[index] == .settled {
      records[index] = nil
      begin(index)
    }
  }

  mutating func found(_ record: Record, for index: Int, _ reason: CacheReason) {
    events(.cached(nodes[index].id, reason))
    if reason == .content { alias(record, index) }
    records[index] = record
    settle(index, contents: record.outputs.mapValues(\.digest))
    values.letGo(inputsOf: index)
  }

  mutating func settle(_ index: Int, contents found: [String: Hash256]) {
    phases[index] = .settled
    for (port, digest) in found {
      contents[OutputReference(node: nodes[index].id, port: port)] = digest
    }
    touched += wiring.consumers[index]
    for target in targets[index] { demandValue(of: target) }
  }

  mutating func fail(_ index: Int, _ error: any Error) {
    let node = nodes[index]
    let span = (error as? EvaluationFailure)?.span ?? node.span
    phases[index] = .failed
    values.letGo(inputsOf: index)
    // The one who stopped it says why.
    if error is CancellationError { return }
    fail(RunFailure(node: node.id, span: span, underlying: error))
  }

  mutating func fail(_ failure: RunFailure) {
    guard !isStopped else { return }
    failures.append(failure)
    events(.failed(failure.node, reason: failure.reason))
  }

  // MARK: The store

  func lookUp(_ key: RecordKey?, for index: Int) -> Record? {
    guard types[index].kind == .pure, let key else { return nil }
    return store?.record(key)
  }

  /// Lets the next run find by its static key what this one found by content. Where the store
  /// cannot be written, it will be found by content again.
  func alias(_ record: Record, _ index: Int) {
    guard let key = plan.keys[index] else { return }
    try? store?.save(record, as: .static(key))
  }
}
