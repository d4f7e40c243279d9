import Tensor
import Testing

@testable import Imaging

/// The laws of sets, bit for bit. The values are multiples of 1/256, so that 1 minus one is exact.
struct MaskSetTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4, 5]
  private let nothing = Mask(width: 13, height: 9, filledWith: 0)
  private let everything = Mask(width: 13, height: 9, filledWith: 1)

  private func masks(_ seed: UInt64) -> [Mask] {
    (0..<3).map { Mask.noise(width: 13, height: 9, seed: seed * 3 + $0) }
  }

  private func isSame(_ a: Mask, _ b: Mask) -> Bool { a.values.elements == b.values.elements }

  @Test(arguments: seeds) func masksComposeByTheLawsOfSets(_ seed: UInt64) {
    let m = masks(seed)
    let (a, b, c) = (m[0], m[1], m[2])
    func both(_ a: Mask, _ b: Mask) -> Mask { a.combined(with: b, by: .intersect) }
    func either(_ a: Mask, _ b: Mask) -> Mask { a.combined(with: b, by: .union) }
    func without(_ a: Mask, _ b: Mask) -> Mask { a.combined(with: b, by: .subtract) }
    let laws: [(String, Mask, Mask)] = [
      ("union commutes", either(a, b), either(b, a)),
      ("intersection commutes", both(a, b), both(b, a)),
      ("union associates", either(either(a, b), c), either(a, either(b, c))),
      ("intersection associates", both(both(a, b), c), both(a, both(b, c))),
      ("union distributes", either(a, both(b, c)), both(either(a, b), either(a, c))),
      ("intersection distributes", both(a, either(b, c)), either(both(a, b), both(a, c))),
      ("union absorbs", either(a, both(a, b)), a),
      ("intersection absorbs", both(a, either(a, b)), a),
      ("De Morgan, union", either(a, b).inverted, both(a.inverted, b.inverted)),
      ("De Morgan, intersection", both(a, b).inverted, either(a.inverted, b.inverted)),
      ("the inverse of the inverse", a.inverted.inverted, a),
      ("difference", without(a, b), both(a, b.inverted)),
      ("nothing is neutral", either(a, nothing), a),
      ("everything is neutral", both(a, everything), a),
      ("nothing taken away", without(a, nothing), a),
      ("everything taken away", without(a, everything), nothing),
    ]
    for (law, left, right) in laws { #expect(isSame(left, right), "\(law)") }
  }

  @Test(arguments: seeds) func growingAndShrinkingAreDual(_ seed: UInt64) {
    let mask = masks(seed)[0]
    for radius in [0.0, 1, 2.3] {
      #expect(isSame(mask.shrunk(by: radius), mask.inverted.grown(by: radius).inverted))
      let opened = mask.shrunk(by: radius).grown(by: radius)
      let closed = mask.grown(by: radius).shrunk(by: radius)
      #expect(isSame(mask.combined(with: opened, by: .union), mask))
      #expect(isSame(mask.combined(with: closed, by: .intersect), mask))
    }
  }

  @Test(arguments: seeds) func thresholdsAreSharpAndKeepSets(_ seed: UInt64) {
    let m = masks(seed)
    for threshold in [Float(0), 0.5, 1] {
      let hard = m[0].thresholded(at: threshold)
      for (value, old) in zip(hard.values.elements, m[0].values.elements) {
        #expect(value == (old >= threshold ? 1 : 0))
      }
      let united = m[0].combined(with: m[1], by: .union).thresholded(at: threshold)
      #expect(isSame(united, hard.combined(with: m[1].thresholded(at: threshold), by: .union)))
    }
  }
}
