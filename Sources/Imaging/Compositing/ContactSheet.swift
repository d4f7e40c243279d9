/// Pictures side by side on one sheet, with a label below each.
public struct ContactSheet: Sendable {
  /// Where everything stands.
  public let layout: ContactSheetLayout
  private let images: [Image]
  private let style: ContactSheetStyle

  /// - Parameters:
  ///   - images: at least one. Those that are smaller than the largest width and height stand in the middle
  ///     of their cells; none is scaled.
  ///   - labels: none, or one for each picture.
  /// - Throws: `ContactSheetError`, and `FontError` where there are labels.
  public init(_ images: [Image], labels: [String] = [], style: ContactSheetStyle) throws {
    layout = try ContactSheetLayout(
      count: images.count, cellWidth: images.map(\.width).max() ?? 0,
      cellHeight: images.map(\.height).max() ?? 0, labels: labels, style: style)
    self.images = images
    self.style = style
  }

  /// Draws the sheet. Throws `FontError` where there are labels.
  public func draw() throws -> Image {
    try Canvas.image(
      PixelSize(width: layout.width, height: layout.height), filledWith: style.background
    ) { canvas in
      for (index, image) in images.enumerated() {
        let corner = layout.corner(of: index)
        canvas.place(
          image, x: corner.x + (layout.cell.width - image.width) / 2,
          y: corner.y + (layout.cell.height - image.height) / 2)
      }
      if !layout.labels.isEmpty { try drawLabels(on: canvas) }
    }
  }

  private func drawLabels(on canvas: Canvas) throws {
    let font = try Font(size: style.labelSize)
    let color = style.labelColor ?? style.background.contrasting
    for (index, lines) in layout.labels.enumerated() {
      let corner = layout.corner(of: index)
      let top = corner.y + layout.cell.height + style.labelDistance
      let columns = corner.x..<corner.x + layout.cell.width
      for (number, text) in lines.enumerated() {
        let line = font.draw(text)
        canvas.paint(
          color, through: line.coverage,
          x: corner.x + (layout.cell.width - line.coverage.width) / 2,
          y: top + number * font.lineHeight, columns: columns)
      }
    }
  }
}
