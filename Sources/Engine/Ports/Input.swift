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

  /// The value that the engine has set. Read it only inside `run` and `peakBytes`.
  public var wrappedValue: Value {
    guard let value = slot.value else { preconditionFailure("an input was read outside a run") }
    return value
  }

  /// A port that must be given, or may be left out where `Value` is an `Optional`.
  public init(
    _ about: String, in range: ClosedRange<Double>? = nil, affectsResult: Bool = true,
    locate: (@Sendable (_ written: String, _ folder: String) throws -> String)? = nil
  ) {
    slot = Slot()
    declaration = InputDeclaration(
      about: about, range: range, affectsResult: affectsResult, locate: locate, fallback: nil)
  }

  /// A port with a default, which a graph could also say as a constant.
  public init(
    wrappedValue: Value, _ about: String, in range: ClosedRange<Double>? = nil,
    affectsResult: Bool = true,
    locate: (@Sendable (_ written: String, _ folder: String) throws -> String)? = nil
  ) {
    slot = Slot()
    declaration = InputDeclaration(
      about: about, range: range, affectsResult: affectsResult, locate: locate,
      fallback: wrappedValue.literal)
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
  /// Puts a value in; false when it is of another type. Nil leaves an optional input out.
  func fill(with value: (any PortValue)?) -> Bool
}

extension Input: AnyInput {
  var valueType: any PortValue.Type { Value.self }

  func fill(with value: (any PortValue)?) -> Bool {
    guard let optional = Value.self as? any OptionalPortValue.Type else {
      slot.value = value as? Value
      return slot.value != nil
    }
    slot.value = optional.wrapping(value) as? Value
    return slot.value != nil
  }
}
