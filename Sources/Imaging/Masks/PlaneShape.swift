import Tensor

/// A point of a picture, in pixels from its upper left corner.
public struct Point: Hashable, Sendable {
  /// In pixels.
  public var x, y: Double

  /// In pixels.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A shape that can be laid over a picture.
public protocol PlaneShape: Sendable {
  /// The parts of the horizontal line at `y` that lie inside. They do not overlap.
  func spans(at y: Double) -> [ClosedRange<Double>]
}

extension Mask {
  /// How much of each pixel a shape covers. 16 lines are laid through each row of pixels, and each is
  /// measured exactly: pixels wholly inside are 1, pixels wholly outside 0.
  ///
  /// - Parameters:
  ///   - width: at least 1, in pixels.
  ///   - height: at least 1, in pixels.
  public init(width: Int, height: Int, covering shape: some PlaneShape) {
    let blank = Tensor([1], repeating: 0)
    self.init(
      values: blank.parallelRows([height, width]) { _, y, target in
        var row = RowCoverage(width: width)
        for line in 0..<linesPerPixel {
          let middle = Double(y) + (Double(line) + 0.5) / Double(linesPerPixel)
          for span in shape.spans(at: middle) { row.add(span) }
        }
        for x in 0..<width { target[x] = min(Float(row.sums[x] / Double(linesPerPixel)), 1) }
      })
  }
}

/// Lines that are measured in each row of pixels.
private let linesPerPixel = 16

/// The lengths of lines in each pixel of a row.
private struct RowCoverage {
  var sums: [Double]

  init(width: Int) { sums = Array(repeating: 0, count: width) }

  mutating func add(_ span: ClosedRange<Double>) {
    let span = span.clamped(to: 0...Double(sums.count))
    let first = Int(span.lowerBound)
    let last = Int(span.upperBound)
    guard first < sums.count else { return }
    guard first < last else {
      sums[first] += span.upperBound - span.lowerBound
      return
    }
    sums[first] += Double(first + 1) - span.lowerBound
    for x in (first + 1)..<max(last, first + 1) { sums[x] += 1 }
    if last < sums.count { sums[last] += span.upperBound - Double(last) }
  }
}
