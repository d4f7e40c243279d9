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
  }

  /// In the order of the graph.
  public var outputs: [Output]
  /// The files that the outputs depend on, whether they were opened in this run or not.
  public var files: [FileUse]

  /// Throws `RunFailure` where an output is computed and has no value.
  init(_ outputs: [CheckedOutput], from values: HeldValues, files: [FileUse]) throws {
    self.files = files
    self.outputs = try outputs.map { output in
      do {
        return Output(name: output.name, value: try output.value(from: values), type: output.type)
      } catch {
        throw RunFailure(
          node: output.binding.references.first?.node ?? NodeID("outputs.\(output.name)"),
          span: (error as? EvaluationFailure)?.span ?? output.span, underlying: error)
      }
    }
  }
}

extension CheckedOutput {
  fileprivate func value(from values: HeldValues) throws -> any PortValue {
    switch try binding.argument(from: values) {
    case .value(let value): return value
    case .constant(let literal):
      guard let value = type.scalarType?.init(literal: literal) else {
        throw PortFailure.wrongType(port: name, expected: type, found: nil)
      }
      return value
    case nil: throw PortFailure.missingInput(port: name)
    }
  }
}
