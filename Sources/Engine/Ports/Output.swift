import Graph

/// An output port of a node, declared as a property and set by `run`.
@propertyWrapper
public struct Output<Value: PortValue> {
  private let slot = Slot<Value>()
  let about: String
  let name: String?

  /// The value, which `run` sets once.
  public var wrappedValue: Value {
    get {
      guard let value = slot.value else {
        preconditionFailure("an output was read before it was set")
      }
      return value
    }
    nonmutating set { slot.value = newValue }
  }

  /// - Parameter name: The port's name where it is not the property's, because an input has it too.
  public init(_ about: String, named name: String? = nil) {
    self.about = about
    self.name = name
    PortCollector.add(self)
  }
}

/// An output whose value's type is not known: what reflection finds.
protocol AnyOutput {
  var about: String { get }
  var name: String? { get }
  var valueType: any PortValue.Type { get }
  /// Nil before the node has set it.
  var value: (any PortValue)? { get }
}

extension Output: AnyOutput {
  var valueType: any PortValue.Type { Value.self }
  var value: (any PortValue)? { slot.value }
}
