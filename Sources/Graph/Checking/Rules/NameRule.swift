/// How inputs, nodes and outputs may be called.
enum NameRule {
  /// Lower-case words and digits joined by `-`, the first with a letter in front.
  static func allows(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLowercase else { return false }
    let words = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { $0.isLowercase || $0.isDigit }
    }
  }

  /// The nearest name that is allowed: `My Node` becomes `my-node`.
  static func allowed(near name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let joined = words.joined(separator: "-")
    return allows(joined) ? joined : nil
  }
}
