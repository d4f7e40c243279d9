import Tensor

/// What room beside a picture is filled with.
public enum PaddingFill: String, Sendable, CaseIterable {
  /// One colour.
  case color
  /// The pixels at the border, repeated.
  case edge
  /// The picture mirrored at the middle of its outermost pixels, as often as it takes.
  case reflect
  /// The pixels at the border, repeated and blurred.
  case blur
  /// The colours at the border, running into each other: the solution of Laplace's equation.
  case neighbors
}

/// Pixels beside a picture.
public struct PaddingSides: Hashable, Sendable {
  /// In pixels.
  public var left, top, right, bottom: Int

  /// In pixels; none is negative.
  public init(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }
}

extension PaddingSides {
  /// 1 in the room beside a picture, 0 in the picture. With a `feather` it falls inside of the picture, over so many
  /// pixels from each side that has room, as the square of what is left of them; a picture that is not twice as long
  /// has none. As ComfyUI's `ImagePadForOutpaint`.
  ///
  /// - Parameters:
  ///   - width: the picture's, in pixels.
  ///   - height: the picture's, in pixels.
  public func mask(around width: Int, _ height: Int, feather: Int = 0) -> Mask {
    let isFeathered = 2 * feather < min(width, height)
    let (rows, columns) = (height + top + bottom, width + left + right)
    func distance(_ place: Int, _ length: Int, _ before: Int, _ behind: Int) -> Int {
      min(before > 0 ? place : .max, behind > 0 ? length - place : .max)
    }
    let values = (0..<rows * columns).map { place -> Float in
      let (y, x) = (place / columns - top, place % columns - left)
      guard 0..<width ~= x, 0..<height ~= y else { return 1 }
      let near = min(distance(x, width, left, right), distance(y, height, top, bottom))
      guard isFeathered, near < feather else { return 0 }
      let share = Float(feather - near) / Float(feather)
      return share * share
    }
    return Mask(values: Tensor([rows, columns], values))
  }
}

extension Image {
  /// The picture with room beside it. Its own pixels stay as they are.
  ///
  /// - Parameters:
  ///   - color: what `color` fills with.
  ///   - sigma: of what `blur` does, in pixels.
  ///   - beforeRound: called before each of the rounds, some 15 a colour, that `neighbors` takes; what it throws ends
  ///     the work.
  public func padded(
    by sides: PaddingSides, with fill: PaddingFill, color: Color = .black, sigma: Double = 16,
    beforeRound: () throws -> Void
  ) rethrows -> Image {
    let region = PixelRegion(
      x: -sides.left, y: -sides.top, width: width + sides.left + sides.right,
      height: height + sides.top + sides.bottom)
    switch fill {
    case .edge: return cropped(to: region)
    case .reflect:
      return Image(
        pixels: pixels.picking(
          rows: region.rows.map { Self.mirrored($0, in: height) },
          columns: region.columns.map { Self.mirrored($0, in: width) }))
    case .color:
      return Canvas.image(region.size, filledWith: color) {
        $0.place(self, x: sides.left, y: sides.top)
      }
    case .blur:
      let blurred = cropped(to: region).blurred(sigma: sigma)
      return Canvas.image(region.size, filledWith: color) {
        $0.place(blurred, x: 0, y: 0)
        $0.place(self, x: sides.left, y: sides.top)
      }
    case .neighbors:
      return try cropped(to: region).filledFromNeighbors(
        where: sides.mask(around: width, height), beforeRound: beforeRound)
    }
  }

  /// The same, which nothing interrupts.
  public func padded(
    by sides: PaddingSides, with fill: PaddingFill, color: Color = .black, sigma: Double = 16
  ) -> Image {
    padded(by: sides, with: fill, color: color, sigma: sigma) {}
  }

  /// A place between mirrors at the first and the last of `count` places.
  private static func mirrored(_ place: Int, in count: Int) -> Int {
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let rest = (place % period + period) % period
    return min(rest, period - rest)
  }
}
