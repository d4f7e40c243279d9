import Tensor

/// Expands templates: the same text, seed and files give the same prompt.
///
/// From left to right, SplitMix64, begun with the seed, gives a number from 0 up to 1 for each alternative that is taken,
/// and one before that for how many are taken where that is open. The alternatives lie side by side on a line, as long as
/// their weights; the number says where on it.
public struct PromptExpansion {
  private let wildcards: WildcardFolder?
  private var generator: SplitMix64
  /// The wildcards that are being expanded.
  private var names: [String] = []
  private var length = 0

  /// How deep wildcards may name each other.
  private static let depthLimit = 16
  /// How long a text may become, in bytes: as long as one in a graph file.
  private static let lengthLimit = 64 << 10

  /// Expands a text.
  /// - Parameter wildcards: the folder of the files that `__name__` stands for.
  /// - Throws: `PromptExpansionError`.
  public static func expand(
    _ text: String, seed: UInt64, wildcards: String? = nil
  ) throws(PromptExpansionError) -> String {
    let template = try PromptTemplateParser.template(text)
    var expansion = PromptExpansion(
      wildcards: wildcards.map { WildcardFolder(path: $0) }, generator: SplitMix64(seed: seed))
    return try expansion.expand(template, source: nil)
  }

  /// Whether a text is a template, whatever its wildcards hold. Throws `PromptExpansionError` where it is none.
  public static func verify(_ text: String) throws(PromptExpansionError) {
    _ = try PromptTemplateParser.template(text)
  }

  private mutating func expand(
    _ template: PromptTemplate, source: String?
  ) throws(PromptExpansionError) -> String {
    var text = ""
    for piece in template.pieces {
      switch piece {
      case .text(let words): text += try measured(words)
      case .wildcard(let name, let column):
        text += try expand(wildcard: name, at: PromptPlace(source: source, column: column))
      case .choice(let choice, let column):
        text += try expand(choice, at: PromptPlace(source: source, column: column))
      }
    }
    return text
  }

  private mutating func measured(_ words: String) throws(PromptExpansionError) -> String {
    length += words.utf8.count
    guard length <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
    return words
  }

  private mutating func expand(
    wildcard name: String, at place: PromptPlace
  ) throws(PromptExpansionError) -> String {
    guard let wildcards else { throw .noFolder(place, name: name) }
    names.append(name)
    guard names.count <= Self.depthLimit else { throw .wildcardsTooDeep(names) }
    let options = try wildcards.options(of: name, at: place)
    let text = try expand(options[pick(from: options, at: place)].content, source: name + ".txt")
    names.removeLast()
    return text
  }

  private mutating func expand(
    _ choice: PromptTemplate.Choice, at place: PromptPlace
  ) throws(PromptExpansionError) -> String {
    var options = choice.options
    let spare = choice.counts.count - 1
    let count = choice.counts.lowerBound + (spare == 0 ? 0 : Int(uniform() * Double(spare + 1)))
    var texts: [String] = []
    for _ in 0..<count {
      let option = options.remove(at: try pick(from: options, at: place))
      texts.append(try expand(option.content, source: place.source))
    }
    return texts.joined(separator: ", ")
  }

  /// The place of one of the alternatives.
  private mutating func pick(
    from options: [PromptTemplate.Option], at place: PromptPlace
  ) throws(PromptExpansionError) -> Int {
    let possible = options.indices.filter { options[$0].weight > 0 }
    guard let last = possible.last else { throw .noWeight(place) }
    var point = uniform() * options.reduce(0) { $0 + $1.weight }
    for index in possible {
      point -= options[index].weight
      if point < 0 { return index }
    }
    return last
  }

  /// From 0 up to 1, of 53 bits.
  private mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
}
