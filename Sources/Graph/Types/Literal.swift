/// A constant: the value of a scalar port that is known when the graph is checked.
public indirect enum Literal: Hashable, Sendable {
  case int(Int)
  case float(Double)
  case bool(Bool)
  /// A text, a choice's word.
  case text(String)
  case path(FilePathLiteral)
  case color(ColorLiteral)
  case size(width: Int, height: Int)
  case list([Literal])
}

/// A path as it was written, and where it leads.
public struct FilePathLiteral: Hashable, Sendable {
  /// As the author wrote it, for messages and for the record inside saved pictures.
  public var written: String
  /// Absolute, or relative to the working directory: what to open.
  public var resolved: String
  /// The folder of the file that it was written in; empty for the working directory.
  public var folder: String

  /// A path that leads to `resolved`.
  public init(written: String, resolved: String, folder: String = "") {
    self.written = written
    self.resolved = resolved
    self.folder = folder
  }

  /// Something in the folder that the path leads to.
  public func appending(_ name: String) -> FilePathLiteral {
    FilePathLiteral(
      written: PathText.join(written, name), resolved: PathText.join(resolved, name), folder: folder
    )
  }

  /// A path that is relative to the folder of the file that it is written in.
  init(written: String, in folder: String) {
    self.init(
      written: written, resolved: PathText.join(folder, written), folder: folder)
  }
}

/// An sRGB colour with straight alpha, each channel from 0 to 1. Written `#rgb`, `#rrggbb` or
/// `#rrggbbaa`.
public struct ColorLiteral: Hashable, Sendable {
  /// From 0 to 1.
  public var red: Double
  /// From 0 to 1.
  public var green: Double
  /// From 0 to 1.
  public var blue: Double
  /// From 0, all transparent, to 1.
  public var alpha: Double

  /// A colour of these channels.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}
