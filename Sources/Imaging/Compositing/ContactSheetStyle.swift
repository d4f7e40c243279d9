/// How a contact sheet looks.
public struct ContactSheetStyle: Hashable, Sendable {
  /// How many pictures stand beside each other at most; nil for as many as make the sheet the nearest to a square.
  public var columns: Int?
  /// Between pictures and around them, in pixels; from 0 up.
  public var gap: Int
  /// The em of the labels' font, in pixels; from 1 up.
  public var labelSize: Int
  /// Behind everything.
  public var background: Color
  /// Of the labels; nil for black or white, whichever stands out more.
  public var labelColor: Color?

  /// A white sheet, unless something else is said.
  public init(
    columns: Int? = nil, gap: Int = 8, labelSize: Int = 14, background: Color = .white,
    labelColor: Color? = nil
  ) {
    self.columns = columns
    self.gap = gap
    self.labelSize = labelSize
    self.background = background
    self.labelColor = labelColor
  }

  /// A label that does not fit into so many lines is cut off.
  public static let labelLines = 3

  /// Between a picture's cell and its label, in pixels.
  var labelDistance: Int { (labelSize + 3) / 4 }
}
