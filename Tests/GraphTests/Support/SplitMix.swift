/// A small generator with a seed (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension SplitMix {
  /// A number from 0 up to `count`, which is at least 1, and not included.
  mutating func index(below count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// Whether something happens that does so once in `count` times.
  mutating func happens(onceIn count: Int) -> Bool { index(below: count) == 0 }

  /// One of a few things; there must be one.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[index(below: elements.count)]
  }
}
