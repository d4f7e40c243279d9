/// Where everything on a contact sheet stands: cells of one size in rows, each with its label below.
public struct ContactSheetLayout: Sendable {
  /// The sheet's, in pixels.
  public let width, height: Int
  /// The lines of each picture's label; empty without labels.
  let labels: [[String]]
  let cell: PixelSize
  let columns: Int
  private let step: PixelSize
  private let gap: Int

  /// - Parameters:
  ///   - count: how many pictures there are.
  ///   - cellWidth: the width of the widest picture, in pixels.
  ///   - cellHeight: the height of the highest picture, in pixels.
  ///   - labels: none, or one for each picture.
  /// - Throws: `ContactSheetError`, and `FontError` where there are labels.
  public init(
    count: Int, cellWidth: Int, cellHeight: Int, labels: [String] = [], style: ContactSheetStyle
  ) throws {
    guard count > 0 else { throw ContactSheetError.noImages }
    guard labels.isEmpty || labels.count == count else {
      throw ContactSheetError.labelCount(images: count, labels: labels.count)
    }
    try ContactSheetError.check(width: cellWidth, height: cellHeight)
    let block = try LabelBlock(labels, width: cellWidth, style: style)
    gap = style.gap
    cell = PixelSize(width: cellWidth, height: cellHeight)
    step = PixelSize(width: cellWidth + gap, height: cellHeight + block.height + gap)
    self.labels = block.labels
    let shape = GridShape(count: count, step: step, gap: gap, columns: style.columns)
    columns = shape.columns
    (width, height) = (shape.size.width, shape.size.height)
    try ContactSheetError.check(width: width, height: height)
  }

  /// The memory that drawing the sheet takes, in bytes.
  public var byteCount: Int { width * height * 3 * MemoryLayout<Float>.stride }

  /// The upper left corner of a picture's cell.
  func corner(of index: Int) -> (x: Int, y: Int) {
    (gap + index % columns * step.width, gap + index / columns * step.height)
  }
}

/// Labels, broken into lines.
private struct LabelBlock {
  var labels: [[String]] = []
  /// The room below each picture, in pixels.
  var height = 0

  init(_ texts: [String], width: Int, style: ContactSheetStyle) throws {
    guard !texts.isEmpty else { return }
    let font = try Font(size: style.labelSize)
    labels = texts.map { font.lines(of: $0, width: width, limit: ContactSheetStyle.labelLines) }
    let lines = labels.map(\.count).max() ?? 0
    if lines > 0 { height = style.labelDistance + lines * font.lineHeight }
  }
}

/// How many cells stand beside each other.
private struct GridShape {
  var columns: Int
  var size: PixelSize

  /// - Parameter step: from one cell to the next.
  init(count: Int, step: PixelSize, gap: Int, columns: Int?) {
    let shapes = (columns.map { [min($0, count)] } ?? Array(1...count)).map { columns in
      GridShape(
        columns: columns,
        size: PixelSize(
          width: columns * step.width + gap,
          height: (count + columns - 1) / columns * step.height + gap))
    }
    self = shapes.reduce(shapes[0]) { $1.elongation <= $0.elongation ? $1 : $0 }
  }

  private init(columns: Int, size: PixelSize) {
    self.columns = columns
    self.size = size
  }

  /// The longer side by the shorter one.
  private var elongation: Double {
    Double(max(size.width, size.height)) / Double(min(size.width, size.height))
  }
}
