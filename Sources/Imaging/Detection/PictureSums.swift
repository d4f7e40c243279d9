/// Sums over the upper left parts of a picture, from which those over rectangles follow: OpenCV's `integral`.
struct PictureSums: Sendable {
  /// The numbers in a row: one more than there are pixels.
  let stride: Int
  let rows: Int
  /// `[rows, stride]`: at x, y the sum over the pixels above and to the left. Behind them, if need be, the sums
  /// over what lies within 45 degrees above. Beyond 32 bits they wrap around, and so do differences.
  let values: [Int32]
  /// `[rows, stride]`: the same of squares; empty if not needed.
  let squares: [Int32]

  init(_ plane: GreyPlane, squares: Bool, tilted: Bool) {
    stride = plane.width + 1
    rows = plane.height + 1
    let upright = Self.upright(plane) { $0 }
    values = tilted ? upright + Self.tilted(plane) : upright
    self.squares = squares ? Self.upright(plane) { $0 &* $0 } : []
  }

  private static func upright(_ plane: GreyPlane, _ weight: (Int32) -> Int32) -> [Int32] {
    let stride = plane.width + 1
    var sums = [Int32](repeating: 0, count: stride * (plane.height + 1))
    for y in 0..<plane.height {
      var line: Int32 = 0
      for x in 0..<plane.width {
        line &+= weight(Int32(plane.samples[y * plane.width + x]))
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] &+ line
      }
    }
    return sums
  }

  /// At x, y the sum over the pixels u, v with v < y and |u - x + 1| <= y - v - 1.
  private static func tilted(_ plane: GreyPlane) -> [Int32] {
    let stride = plane.width + 1
    var sums = [Int32](repeating: 0, count: stride * (plane.height + 1))
    for y in 1...plane.height {
      let (row, above) = (y * stride, (y - 1) * stride)
      sums[row] = sums[above + min(1, plane.width)]
      for x in 1...plane.width {
        let pixel = (y - 1) * plane.width + x - 1
        var sum = sums[above + x - 1] &+ Int32(plane.samples[pixel])
        if y > 1 { sum &+= Int32(plane.samples[pixel - plane.width]) }
        if x < plane.width {
          sum &+= sums[above + x + 1] &- (y > 1 ? sums[above - stride + x] : 0)
        }
        sums[row + x] = sum
      }
    }
    return sums
  }

  /// Of an upright rectangle of a window.
  func corners(of part: HaarFeature.Part) -> Corners {
    let (top, bottom) = (part.y * stride, (part.y + part.height) * stride)
    let (left, right) = (part.x, part.x + part.width)
    return Corners(first: top + left, minus: (top + right, bottom + left), last: bottom + right)
  }

  /// Of a tilted one.
  func tiltedCorners(of part: HaarFeature.Part) -> Corners {
    func place(_ x: Int, _ y: Int) -> Int { (rows + part.y + y) * stride + part.x + x }
    let (width, height) = (part.width, part.height)
    return Corners(
      first: place(0, 0), minus: (place(-height, height), place(width, width)),
      last: place(width - height, width + height))
  }
}

/// Where the four sums stand of which that over a rectangle is made, counted from a window's upper left corner.
struct Corners: Sendable {
  var first = 0
  var minus = (0, 0)
  var last = 0

  func sum(_ sums: UnsafeBufferPointer<Int32>, at offset: Int) -> Int32 {
    sums[offset + first] &- sums[offset + minus.0] &- sums[offset + minus.1]
      &+ sums[offset + last]
  }
}
