import Graph

/// An input port of a node, declared as a property:
///
///     @Input("Standard deviation, in pixels.", in: 0...200) var sigma: Double = 2
///
/// An input with a value after `=` has that as its default; an `Optional` one may be left out; any
/// other must be given. The port's name is the property's, in lower-case words joined by `-`.
@propertyWrapper
public struct Input<Value: PortValue> {
  private let slot: Slot<Value>
  let declaration: InputDeclaration

  /// The value that the engine has set, or the default. Read it only inside `run` and `peakBytes`.
  public var wrappedValue: Value {
    if let value = slot.value { return value }
    guard let absent = (Value.self as? any OptionalPortValue.Type)?.absent as? Value else {
      preconditionFailure("an input was read outside a run")
    }
    return absent
  }

  /// A port that must be given, or may be left out where `Value` is an `Optional`.
  public init(
    _ about: String, in range: ClosedRange<Double>? = nil, affectsResult: Bool = true,
    locate: (@Sendable (_ written: String, _ folder: String) throws -> String)? = nil
  ) {
    slot = Slot()
    declaration = InputDeclaration(
      about: about, range: range, affectsResult: affectsResult, locate: locate, fallback: nil)
    PortCollector.add(self)
  }

  /// A port with a default, which a graph could also say as a constant.
  public init(
    wrappedValue: Value, _ about: String, in range: ClosedRange<Double>? = nil,
    affectsResult: Bool = true,
    locate: (@Sendable (_ written: String, _ folder: String) throws -> String)? = nil
  ) {
    slot = Slot()
    slot.value = wrappedValue
    declaration = InputDeclaration(
      about: about, range: range, affectsResult: affectsResult, locate: locate,
      fallback: wrappedValue.literal)
    PortCollector.add(self)
  }
}

/// What `@Input` says beside the type.
struct InputDeclaration {
  var about: String
  var range: ClosedRange<Double>?
  var affectsResult: Bool
  var locate: (@Sendable (String, String) throws -> String)?
  var fallback: Literal?
}

/// Where the value of a port lies while its node runs.
final class Slot<Value> {
  var value: Value?
}

/// An input whose value's type is not known: what reflection finds.
protocol AnyInput {
  var declaration: InputDeclaration { get }
  var valueType: any PortValue.Type { get }
  /// Whether a value is there: a default, or one that was put in.
  var isFilled: Bool { get }
  /// Puts a value in; false when it is of a type that the port does not take.
  func fill(with argument: PortArgument) -> Bool
}

/// What is put into an input port.
public enum PortArgument: Sendable {
  case constant(Literal)
  case value(any PortValue)
  /// A list of values that come from different places.
  case list([PortArgument])
}

extension Input: AnyInput {
  var valueType: any PortValue.Type { Value.self }
  var isFilled: Bool { slot.value != nil || Value.self is any OptionalPortValue.Type }

  func fill(with argument: PortArgument) -> Bool {
    guard let value = Value.accepting(argument) else { return false }
    slot.value = value
    return true
  }
}

extension PortValue {
  /// The argument as a value of this type; nil where it is none. A scalar converts as its literal would: an
  /// integer becomes a number, a word a choice.
  static func accepting(_ argument: PortArgument) -> Self? {
    switch argument {
    case .constant(let literal): Self(literal: literal)
    case .value(let value as Self): value
    case .value(let value):
      (self as? any WrappingPortValue.Type)?.wrapping(value) as? Self
        ?? value.literal.flatMap { Self(literal: $0) }
    case .list(let elements): (self as? any ListPortValue.Type)?.gathering(elements) as? Self
    }
  }
}
