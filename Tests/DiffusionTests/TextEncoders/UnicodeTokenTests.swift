import Tensor
import Testing

@testable import Diffusion

/// The published tokenizer over more than ten thousand texts, made as `Scripts/reference/unicode_tokens.py` makes them.
@Suite struct UnicodeTokenTests {
  struct Fixture: Decodable {
    let ranges: [[UInt32]]
    let words: [String]
    /// Eight hexadecimal digits for each text.
    let hashes: String
  }

  @Test func tokensAreThoseOfTransformers() throws {
    let fixture = try Fixtures.decode("unicode-tokens.json", as: Fixture.self)
    let tokenizer = try CLIPTokenizer.published(padsWithZero: false)
    let hashes = Array(fixture.hashes.utf8)
    #expect(hashes.count / 8 >= 10_000)
    let wrong = (0..<hashes.count / 8).filter { index in
      let hash = UInt32(
        String(decoding: hashes[index * 8..<index * 8 + 8], as: UTF8.self), radix: 16)
      return Self.hash(tokenizer.words(of: fixture.text(index))) != hash
    }
    // `python unicode_tokens.py NUMBER` shows what transformers makes of a text.
    for index in wrong.prefix(20) {
      let text = fixture.text(index)
      Issue.record("text \(index), \(text.debugDescription): \(tokenizer.words(of: text))")
    }
    #expect(wrong.count == 0)
  }

  /// FNV-1a over the numbers as pairs of bytes, the low one first.
  private static func hash(_ numbers: [Int]) -> UInt32 {
    numbers.flatMap { [UInt32($0 & 0xFF), UInt32($0 >> 8)] }
      .reduce(0x811C_9DC5) { ($0 ^ $1) &* 0x0100_0193 }
  }
}

extension UnicodeTokenTests.Fixture {
  func text(_ index: Int) -> String {
    var numbers = SplitMix64(seed: UInt64(index))
    let count = 1 + numbers.next() % 24
    var text = String.UnicodeScalarView()
    for _ in 0..<count {
      if numbers.next() % 3 == 0 {
        text += words[Int(numbers.next() % UInt64(words.count))].unicodeScalars
      } else {
        let range = ranges[Int(numbers.next() % UInt64(ranges.count))]
        let scalar = range[0] + UInt32(numbers.next() % UInt64(range[1] - range[0] + 1))
        text += [Unicode.Scalar(scalar)].compactMap(\.self)
      }
    }
    return String(text)
  }
}
