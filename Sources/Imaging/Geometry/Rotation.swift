import Glibc
import Tensor

/// A picture's turn around its middle. Sizes and pixels are those of Pillow's `rotate` with bilinear
/// filtering.
public struct Rotation: Sendable {
  private let degrees: Double
  private let width: Int
  private let height: Int
  private let cosine: Double
  private let sine: Double
  /// In pixels.
  public let newWidth: Int
  /// In pixels.
  public let newHeight: Int

  /// - Parameters:
  ///   - degrees: counter-clockwise.
  ///   - expands: whether the turned picture is as large as its corners need; else it has the old size.
  public init(degrees: Double, width: Int, height: Int, expands: Bool) {
    (self.degrees, self.width, self.height) = (degrees, width, height)
    let radians = -degrees * .pi / 180
    cosine = Self.rounded(cos(radians))
    sine = Self.rounded(sin(radians))
    newWidth = expands ? Self.extent(width, cosine, height, sine) : width
    newHeight = expands ? Self.extent(height, cosine, width, sine) : height
  }

  /// To 15 digits, so that a quarter's cosine is 0.
  private static func rounded(_ value: Double) -> Double { (value * 1e15).rounded() / 1e15 }

  /// Whole pixels between the outermost corners, the middle lying at half of `length`.
  private static func extent(
    _ length: Int, _ along: Double, _ other: Int, _ across: Double
  ) -> Int {
    let half = (Double(length) * abs(along) + Double(other) * abs(across)) / 2
    let middle = Double(length) / 2
    return Int((middle + half).rounded(.up)) - Int((middle - half).rounded(.down))
  }

  /// How many quarters of a turn this is; nil for another angle, or where the picture must keep a size that
  /// it does not have any more.
  private var quarters: Int? {
    let quarters = degrees / 90
    guard quarters == quarters.rounded(), abs(quarters) < 1e6 else { return nil }
    let isUpright = Int(quarters).isMultiple(of: 2)
    let fits = (newWidth, newHeight) == (isUpright ? (width, height) : (height, width))
    return fits ? Int(quarters) : nil
  }

  /// Turns a picture of the size that was given; `background` is the colour of what it leaves uncovered.
  public func callAsFunction(_ image: Image, background: Color) -> Image {
    if let quarters { return image.turned(quarters: quarters) }
    let background = [background.red, background.green, background.blue]
    return Image(
      pixels: image.pixels.parallelRows([newHeight, newWidth, 3]) { source, y, target in
        for x in 0..<newWidth {
          let place = origin(of: x, y)
          for channel in 0..<3 {
            target[x * 3 + channel] =
              place.map { value(at: $0, channel, source) } ?? background[channel]
          }
        }
      })
  }

  /// Where the middle of a new pixel was; nil where that is not in the picture.
  private func origin(of x: Int, _ y: Int) -> Point? {
    let dx = Double(x) + 0.5 - Double(newWidth) / 2
    let dy = Double(y) + 0.5 - Double(newHeight) / 2
    let point = Point(
      x: cosine * dx + sine * dy + Double(width) / 2,
      y: cosine * dy - sine * dx + Double(height) / 2)
    let isInside =
      point.x >= 0 && point.x < Double(width) && point.y >= 0 && point.y < Double(height)
    return isInside ? point : nil
  }

  /// The four pixels around a point, weighed by their distance; those at the border are repeated.
  private func value(at point: Point, _ channel: Int, _ source: UnsafePointer<Float>) -> Float {
    let (left, top) = (floor(point.x - 0.5), floor(point.y - 0.5))
    let (dx, dy) = (point.x - 0.5 - left, point.y - 0.5 - top)
    func pixel(_ x: Int, _ y: Int) -> Double {
      let (x, y) = (min(max(x, 0), width - 1), min(max(y, 0), height - 1))
      return Double(source[(y * width + x) * 3 + channel])
    }
    func row(_ y: Int) -> Double {
      let (first, second) = (pixel(Int(left), y), pixel(Int(left) + 1, y))
      return first + (second - first) * dx
    }
    let (upper, lower) = (row(Int(top)), row(Int(top) + 1))
    return Float(upper + (lower - upper) * dy)
  }
}
