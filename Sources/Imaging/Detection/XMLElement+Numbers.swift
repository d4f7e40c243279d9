/// What the elements of a cascade hold: each throws where something is missing or of another kind.
extension XMLElement {
  /// The text of a child.
  func word(_ name: String) throws(CascadeError.Problem) -> String {
    guard let child = self[name] else { throw .missing(element: name) }
    return child.word
  }

  /// What a child lists.
  func list(_ name: String) throws(CascadeError.Problem) -> [XMLElement] {
    guard let child = self[name] else { throw .missing(element: name) }
    return child.children
  }

  /// The numbers of a child, in f32.
  func floats(_ name: String) throws(CascadeError.Problem) -> [Float] {
    guard let child = self[name] else { throw .missing(element: name) }
    guard let numbers = child.numbers, !numbers.isEmpty else {
      throw .invalid(element: name, expected: "numbers")
    }
    let floats = numbers.map { Float($0) }
    guard floats.allSatisfy(\.isFinite) else {
      throw .invalid(element: name, expected: "numbers of 32 bits")
    }
    return floats
  }

  /// The one number of a child.
  func float(_ name: String) throws(CascadeError.Problem) -> Float {
    let numbers = try floats(name)
    guard numbers.count == 1 else { throw .invalid(element: name, expected: "one number") }
    return numbers[0]
  }

  /// The one number of a child, a whole one of 32 bits.
  func integer(_ name: String) throws(CascadeError.Problem) -> Int {
    guard let number = Int32(exactly: try float(name)).map(Int.init) else {
      throw .invalid(element: name, expected: "a whole number")
    }
    return number
  }

  /// The element's numbers, so many, as they are and without fractions; `list` is what messages name.
  func record(
    _ count: Int, in list: String
  ) throws(CascadeError.Problem) -> [(value: Float, whole: Int)] {
    guard let numbers, numbers.count == count, numbers.allSatisfy({ abs($0) < 1e6 }) else {
      throw .invalid(element: list, expected: "of \(count) numbers each")
    }
    return numbers.map { (Float($0), Int($0)) }
  }
}
