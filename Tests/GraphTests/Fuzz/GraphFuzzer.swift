/// A source of graph files, most of them wrong in some way: changed files of the corpus, and random ones.
struct GraphFuzzer {
  private var random: SplitMix
  private let corpus: [[UInt8]]

  /// The same seed gives the same files.
  init(seed: UInt64) {
    random = SplitMix(state: seed)
    corpus = ["valid", "broken", "warnings"].flatMap { folder in
      Corpus.names(in: folder).map { Array((Corpus.read("\(folder)/\($0).yaml") ?? "").utf8) }
    }
  }

  mutating func next() -> FuzzInput {
    var input = random.happens(onceIn: 3) ? randomGraph() : FuzzInput(graph: random.one(of: corpus))
    let rounds = input.parts.isEmpty ? 1 + random.index(below: 4) : random.index(below: 3)
    for _ in 0..<rounds { change(&input.graph) }
    return input
  }

  private mutating func randomGraph() -> FuzzInput {
    var input = FuzzInput(graph: [])
    for index in 0..<random.index(below: 3) {
      var writer = RandomGraph(random: random, partCount: index)
      input.parts["valid/part\(index).yaml"] = Array(writer.written(asPart: true).utf8)
      random = writer.random
    }
    var writer = RandomGraph(random: random, partCount: input.parts.count)
    input.graph = Array(writer.written(asPart: false).utf8)
    random = writer.random
    return input
  }

  /// One change of a file.
  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    switch random.index(below: 7) {
    case 0: bytes[random.index(below: bytes.count)] ^= 1 << UInt8(random.index(below: 8))
    case 1: bytes.replaceSubrange(range(in: bytes, upTo: 8), with: random.one(of: Self.tokens).utf8)
    case 2:
      bytes.insert(
        contentsOf: random.one(of: Self.tokens).utf8, at: random.index(below: bytes.count))
    case 3: bytes.removeSubrange(range(in: bytes, upTo: 20))
    case 4: changeLines(of: &bytes)
    case 5: splice(&bytes)
    default: swapWords(of: &bytes)
    }
  }

  private mutating func range(in bytes: [UInt8], upTo length: Int) -> Range<Int> {
    let start = random.index(below: bytes.count)
    return start..<min(bytes.count, start + random.index(below: length + 1))
  }

  /// Puts a part of another file in.
  private mutating func splice(_ bytes: inout [UInt8]) {
    let other = random.one(of: corpus)
    guard !other.isEmpty else { return }
    bytes.replaceSubrange(range(in: bytes, upTo: 40), with: other[range(in: other, upTo: 200)])
  }

  /// Repeats, deletes or moves a line.
  private mutating func changeLines(of bytes: inout [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = lines[random.index(below: lines.count)]
    if random.happens(onceIn: 2) { lines.remove(at: random.index(below: lines.count)) }
    if !random.happens(onceIn: 3) { lines.insert(line, at: random.index(below: lines.count + 1)) }
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Puts one word of the file in the place of another.
  private mutating func swapWords(of bytes: inout [UInt8]) {
    let words = bytes.indices.split { !Self.isLetter(bytes[$0]) }
    guard words.count > 1 else { return }
    let (first, second) = (random.one(of: words), random.one(of: words))
    let word = Array(bytes[second.startIndex..<second.endIndex])
    bytes.replaceSubrange(first.startIndex..<first.endIndex, with: word)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
  }

  private static let tokens = [
    "${", "}", "{", "[", "]", "\"", "'", ":", ": ", ", ", "- ", "\t", "\n", "\r", "&a ", "*a", "!",
    "!!int ", "??", " ?? ", "? 1 : ", "|", ">-\n", "ü", "\u{0}", "1e999", "-1",
    "9223372036854775807",
    ".", "..", "/", "~", "true", "each: ", "zip: ", "when: ", "allow: [unused-node]", "uses: ", "#",
    "each: { seed: [1, 2] }", "${picture ?? picture}", "[[[[", "\u{FEFF}", "---\n", "<<: ", "$${",
  ]
}
