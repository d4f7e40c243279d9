import Tensor

/// A text of one or several lines, and where on a picture it stands.
public struct TextBlock: Sendable {
  /// Line breaks are kept.
  public var text: String
  /// The font's file.
  public var font: String
  /// The font's em, in pixels; at least 1.
  public var size: Int
  /// Where lines begin that are shorter than the longest.
  public var alignment = TextAlignment.center
  /// At which part of the picture it stands.
  public var anchor = TextAnchor.center
  /// How far it is moved from there, in pixels.
  public var x = 0, y = 0
  /// Between the picture's sides and the text, in pixels.
  public var margin = 0
  /// Where lines are broken, in pixels; nil where the picture ends.
  public var maxWidth: Int?

  /// In the middle of a picture, unless something else is said.
  public init(_ text: String, font: String, size: Int) {
    (self.text, self.font, self.size) = (text, font, size)
  }

  /// How much of each pixel of a picture is ink. What goes beyond the picture is cut off. Throws `FontError`.
  public func coverage(width: Int, height: Int) throws(FontError) -> Mask {
    let font = try Font(readingFrom: font, size: size)
    let room = PixelSize(width: max(width - 2 * margin, 1), height: height - 2 * margin)
    let lines = font.lines(of: text, width: maxWidth ?? room.width, limit: .max)
    let widths = lines.map { font.width(of: $0) }
    let block = PixelSize(width: widths.max() ?? 0, height: lines.count * font.lineHeight)
    let left = margin + x + anchor.horizontal.start(of: block.width, in: room.width)
    let top = margin + y + anchor.vertical.start(of: block.height, in: room.height)
    let values = Tensor([height, width]) { ink in
      ink.initialize(repeating: 0)
      for (number, line) in lines.enumerated() {
        let row = top + number * font.lineHeight
        guard row < height, row + font.lineHeight > 0 else { continue }
        let drawn = font.draw(line)
        let column = left + alignment.start(of: widths[number], in: block.width) - drawn.margin
        drawn.coverage.add(to: ink, of: PixelSize(width: width, height: height), x: column, y: row)
      }
    }
    return Mask(values: values)
  }
}

/// Where something stands along a line that is longer.
public enum TextAlignment: String, Sendable, CaseIterable {
  case left, center, right

  func start(of length: Int, in whole: Int) -> Int {
    switch self {
    case .left: 0
    case .center: (whole - length) / 2
    case .right: whole - length
    }
  }
}

/// A part of a picture.
public enum TextAnchor: String, Sendable, CaseIterable {
  case topLeft = "top-left"
  case top
  case topRight = "top-right"
  case left, center, right
  case bottomLeft = "bottom-left"
  case bottom
  case bottomRight = "bottom-right"

  var horizontal: TextAlignment {
    switch self {
    case .topLeft, .left, .bottomLeft: .left
    case .top, .center, .bottom: .center
    case .topRight, .right, .bottomRight: .right
    }
  }

  /// `left` is above.
  var vertical: TextAlignment {
    switch self {
    case .topLeft, .top, .topRight: .left
    case .left, .center, .right: .center
    case .bottomLeft, .bottom, .bottomRight: .right
    }
  }
}

extension Mask {
  /// Adds the mask's ink to that of a picture, `[H, W]`, from a pixel on that may lie beyond it.
  fileprivate func add(
    to ink: UnsafeMutableBufferPointer<Float>, of picture: PixelSize, x: Int, y: Int
  ) {
    let columns = (0..<picture.width).clamped(to: x..<x + width)
    let rows = (0..<picture.height).clamped(to: y..<y + height)
    values.withElements { added in
      for row in rows {
        for column in columns {
          let place = row * picture.width + column
          ink[place] = min(ink[place] + added[(row - y) * width + column - x], 1)
        }
      }
    }
  }
}
