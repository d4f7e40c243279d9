/// Finds the name that was probably meant.
public enum NearMiss {
  /// The candidate that takes the fewest edits from `name`, the first of several; nil where none is
  /// near, that is where more than a third of the letters, and more than one, would have to change.
  public static func of(_ name: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(name.unicodeScalars.prefix(lengthLimit + 1))
    guard (2...lengthLimit).contains(letters.count) else { return nil }
    var limit = max(1, letters.count / 3)
    var nearest: String?
    for candidate in candidates where abs(candidate.utf8.count - name.utf8.count) <= limit {
      let distance = distance(letters, Array(candidate.unicodeScalars))
      guard distance <= limit else { continue }
      if distance == 0 { return candidate }
      nearest = candidate
      limit = distance - 1
    }
    return nearest
  }

  /// Nobody mistypes a name as long as that.
  private static let lengthLimit = 64

  /// The insertions, deletions, replacements and swaps of neighbours between two words (optimal
  /// string alignment; Damerau 1964).
  static func distance(_ source: [Unicode.Scalar], _ target: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...target.count)
    for i in source.indices {
      var row = [i + 1]
      for j in target.indices {
        let replaced = last[j] + (source[i] == target[j] ? 0 : 1)
        var best = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[target.count]
  }
}
