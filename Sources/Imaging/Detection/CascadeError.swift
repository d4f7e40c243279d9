/// Why a cascade's file cannot be used: the file, and what is wrong with it.
public struct CascadeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Error, Hashable, Sendable {
    case unreadable(reason: String)
    case notARegularFile
    case tooLarge(byteCount: Int)
    /// What the parser says, and in which line, counted from 1.
    case notXML(line: Int, reason: String)
    /// The XML is something else: the outermost element, or the one inside `opencv_storage`.
    case notACascade(root: String)
    /// Features of another kind than Haar's and local binary patterns.
    case features(kind: String)
    /// Stages of another kind than boosted trees.
    case stages(kind: String)
    case missing(element: String)
    /// An element that does not hold what it must.
    case invalid(element: String, expected: String)
  }

  /// The file's path.
  public let file: String
  /// What is wrong.
  public let problem: Problem

  /// A sentence that names the file.
  public var description: String { "\(file): \(problem)" }
}

extension CascadeError.Problem: CustomStringConvertible {
  /// What follows the file's name in a sentence.
  public var description: String {
    switch self {
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .notARegularFile:
      "is not a file; give the path of a cascade"
    case .tooLarge(let byteCount):
      "is too large for a cascade: \(byteCount) bytes, and \(CascadeLimits.bytes) are read"
    case .notXML(let line, let reason):
      "is no whole XML file: line \(line): \(reason); copy it again"
    case .notACascade(let root):
      "is no cascade: it holds `\(root)`; give one of OpenCV's cascades, which have stages of trees"
    case .features(let kind):
      "is a cascade of \(kind) features, which are not supported; take one of HAAR or LBP features"
    case .stages(let kind):
      "is a cascade of \(kind) stages, which are not supported; take one of BOOST stages"
    case .missing(let element):
      "is a broken cascade: `\(element)` is missing"
    case .invalid(let element, let expected):
      "is a broken cascade: `\(element)` must be \(expected)"
    }
  }
}

/// What is refused before memory or time is taken for it.
enum CascadeLimits {
  /// The bytes of a file; the largest of OpenCV's have 2.7 million.
  static let bytes = 16_000_000
  /// The pixels along a side of a window.
  static let side = 1024
  /// Windows that pass: a cascade lets a few hundred through, and each is compared with every other.
  static let hits = 50_000
}
