/// Byte-pair encoding of single words (Sennrich et al., "Neural Machine Translation of Rare Words with
/// Subword Units") over the byte alphabet of GPT-2, with CLIP's mark at the end of a word.
struct BytePairEncoder: Sendable {
  /// The token of each entry.
  let vocabulary: [String: Int]
  private let merges: [Pair: Merge]
  /// The token for a byte as it stands inside a word and at its end.
  private let inner: [Int]
  private let final: [Int]

  private struct Pair: Hashable {
    let left, right: Int
  }

  private struct Merge {
    let rank, token: Int
  }

  /// A merge that names an entry which the vocabulary lacks.
  struct UnknownEntry: Error {
    let entry: String
  }

  /// - Parameters:
  ///   - merges: pairs of entries, the first to be merged first.
  ///   - unknown: the token for bytes that the vocabulary lacks.
  init(vocabulary: [String: Int], merges: [(String, String)], unknown: Int) throws(UnknownEntry) {
    var table: [Pair: Merge] = [:]
    for (rank, (left, right)) in merges.enumerated() {
      guard let first = vocabulary[left] else { throw UnknownEntry(entry: left) }
      guard let second = vocabulary[right] else { throw UnknownEntry(entry: right) }
      guard let merged = vocabulary[left + right] else { throw UnknownEntry(entry: left + right) }
      table[Pair(left: first, right: second)] = Merge(rank: rank, token: merged)
    }
    self.vocabulary = vocabulary
    self.merges = table
    inner = Self.alphabet.map { vocabulary[$0] ?? unknown }
    final = Self.alphabet.map { vocabulary[$0 + "</w>"] ?? unknown }
  }

  /// The tokens of a word.
  ///
  /// The time is quadratic in the word's length, so what lies beyond `longestWord` bytes, far beyond the
  /// tokens that any encoder keeps, is left out.
  func callAsFunction(_ word: some Sequence<UInt8>) -> [Int] {
    let bytes = Array(word.prefix(Self.longestWord))
    var tokens = bytes.map { inner[Int($0)] }
    guard let last = bytes.last else { return [] }
    tokens[tokens.count - 1] = final[Int(last)]
    var candidates = zip(tokens, tokens.dropFirst()).map(merge)
    while let best = candidates.indices.min(by: { candidates[$0].rank < candidates[$1].rank }),
      candidates[best].rank < Self.never.rank
    {
      tokens[best] = candidates[best].token
      tokens.remove(at: best + 1)
      candidates.remove(at: best)
      if best > 0 { candidates[best - 1] = merge(tokens[best - 1], tokens[best]) }
      if best < candidates.count { candidates[best] = merge(tokens[best], tokens[best + 1]) }
    }
    return tokens
  }

  private func merge(_ left: Int, _ right: Int) -> Merge {
    merges[Pair(left: left, right: right)] ?? Self.never
  }

  private static let never = Merge(rank: .max, token: 0)
  private static let longestWord = 8192

  /// The letters of the alphabet in the order in which vocabularies begin with them: printable bytes first.
  static let symbols: [String] = {
    let shown = Set(printable)
    return (printable + (0..<256).filter { !shown.contains($0) }).map { alphabet[$0] }
  }()

  private static let printable = [33...126, 161...172, 174...255].flatMap(Array.init)

  /// A printable letter for each byte: itself where it is printable, else one from 256 on.
  private static let alphabet: [String] = {
    let shown = Set(printable)
    var next: UInt32 = 256
    return (0..<256).map { byte in
      if shown.contains(byte) { return String(Unicode.Scalar(UInt8(byte))) }
      defer { next += 1 }
      return Unicode.Scalar(next).map { String($0) } ?? ""
    }
  }()
}
