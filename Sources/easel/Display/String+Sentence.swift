extension String {
  /// Up to the first full stop that ends a sentence, without it.
  var firstSentence: String {
    let words = split(separator: " ")
    let end = words.firstIndex { $0.hasSuffix(".") } ?? words.endIndex - 1
    let sentence = words.prefix(end + 1).joined(separator: " ")
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
