import Graph

/// What a run has made.
public struct RunResult: Sendable {
  /// A value that the graph hands out.
  public struct Output: Sendable {
    /// The key under `outputs:`.
    public var name: String
    /// What the graph hands out.
    public var value: any PortValue
    /// As it was inferred when the graph was checked.
    public var type: PortType
    /// The place among all outputs of the graph, missing ones counted.
    var index: Int
  }

  /// In the order of the graph; an optional one that is missing is left out.
  public var outputs: [Output]
  /// The files that the outputs depend on, whether they were opened in this run or not.
  public var files: [FileUse]
  /// What went wrong, where the engine kept going: the outputs that depend on it are missing.
  public var failures: [RunFailure]

  /// Throws `RunFailure` where an output is computed and has no value.
  ///
  /// - Parameter bindings: By output: what it is bound to, its choices made; nil where it is missing.
  init(
    _ outputs: [CheckedOutput], bindings: [Binding?], from values: HeldValues, files: [FileUse],
    failures: [RunFailure]
  ) throws {
    self.files = files
    self.failures = failures
    self.outputs = try zip(outputs.indices, bindings).compactMap { index, binding in
      guard let binding else { return nil }
      let output = outputs[index]
      do {
        let value = try output.value(of: binding, from: values, isPartial: !failures.isEmpty)
        return Output(name: output.name, value: value, type: output.type, index: index)
      } catch {
        if !failures.isEmpty { return nil }
        throw RunFailure(output: output, underlying: error)
      }
    }
  }

  /// The results of graphs that were run as one.
  func split(among graphs: [CheckedGraph]) -> [RunResult] {
    var start = 0
    return graphs.map { graph in
      let range = start..<start + graph.outputs.count
      start = range.upperBound
      let nodes = Set(graph.nodes.map(\.id))
      var result = self
      result.outputs = outputs.filter { range.contains($0.index) }
      result.files = files.filter { nodes.contains($0.node) }
      result.failures = failures.filter { nodes.contains($0.node) }
      return result
    }
  }
}

extension CheckedOutput {
  /// - Parameter isPartial: whether elements of a list may be missing, which are left out of it.
  fileprivate func value(
    of binding: Binding, from values: HeldValues, isPartial: Bool
  ) throws -> any PortValue {
    if isPartial, case .list(let elements) = binding {
      let list = GatheredList(
        elements.map { try? value(of: $0, as: type.element, from: values) })
      guard !list.elements.isEmpty else { throw PortFailure.missingInput(port: name) }
      return list
    }
    return try value(of: binding, as: type, from: values)
  }

  private func value(
    of binding: Binding, as type: PortType, from values: HeldValues
  ) throws -> any PortValue {
    guard let argument = try binding.argument(from: values) else {
      throw PortFailure.missingInput(port: name)
    }
    return try value(of: argument, type)
  }

  private func value(of argument: PortArgument, _ type: PortType) throws -> any PortValue {
    switch argument {
    case .value(let value): return value
    case .list(let elements):
      return GatheredList(try elements.map { try value(of: $0, type.element) })
    case .constant(let literal):
      guard let value = type.scalarType?.init(literal: literal) else {
        throw PortFailure.wrongType(port: name, expected: type, found: nil)
      }
      return value
    }
  }
}

extension PortType {
  /// The type of a list's elements; of anything else, the type itself.
  fileprivate var element: PortType {
    switch self {
    case .list(let element): element
    case .optional(let wrapped): wrapped.element
    default: self
    }
  }
}
