import Graph

/// One run of one node: an instance with its inputs filled in.
///
/// Made and used inside one task. Tests of nodes use it as the engine does.
public struct Invocation {
  private let ports: NodePorts

  /// Makes an instance and fills its ports. An optional input, or one with a default, may be absent.
  /// Throws `PortFailure`.
  public init(_ type: any Node.Type, inputs: [String: PortArgument]) throws {
    ports = NodePorts(making: type)
    for (name, port) in ports.inputs {
      if let argument = inputs[name] {
        try Self.fill(port, named: name, with: argument)
      } else if !port.isFilled {
        throw PortFailure.missingInput(port: name)
      }
    }
  }

  /// The memory that `run` needs at most beside the inputs, in bytes.
  public var peakBytes: Int { max(0, ports.node.peakBytes) }

  /// Runs the node: its outputs by port. Throws what the node throws, and `PortFailure`.
  public func run(_ context: RunContext) throws -> [String: any PortValue] {
    try ports.node.run(context)
    return try Dictionary(
      uniqueKeysWithValues: ports.outputs.map { name, port in
        guard let value = port.value else { throw PortFailure.outputNotSet(port: name) }
        return (name, (value as? AnyValue)?.value ?? value)
      })
  }

  private static func fill(
    _ port: any AnyInput, named name: String, with argument: PortArgument
  ) throws {
    guard port.fill(with: argument) else {
      throw PortFailure.wrongType(
        port: name, expected: port.valueType.portType, found: argument.portType)
    }
    if let range = port.declaration.range, let number = argument.literal?.number,
      !range.contains(number)
    {
      throw PortFailure.outOfRange(port: name, value: number, allowed: range)
    }
  }
}

extension PortArgument {
  fileprivate var literal: Literal? {
    switch self {
    case .constant(let literal): literal
    case .value(let value): value.literal
    case .list: nil
    }
  }

  fileprivate var portType: PortType? {
    guard case .value(let value) = self else { return nil }
    return type(of: value).portType
  }
}

extension Literal {
  fileprivate var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}

/// What is wrong with a value at a port when a node runs.
public enum PortFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case missingInput(port: String)
  /// `found` is nil for a constant.
  case wrongType(port: String, expected: PortType, found: PortType?)
  case outOfRange(port: String, value: Double, allowed: ClosedRange<Double>)
  case outputNotSet(port: String)

  /// What is wrong, naming the port.
  public var description: String {
    switch self {
    case .missingInput(let port): "the input `\(port)` has no value"
    case .wrongType(let port, let expected, let found):
      "the input `\(port)` takes \(expected), not \(found.map { "\($0)" } ?? "this constant")"
    case .outOfRange(let port, let value, let allowed):
      "the input `\(port)` is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .outputNotSet(let port): "the node did not set its output `\(port)`"
    }
  }
}
