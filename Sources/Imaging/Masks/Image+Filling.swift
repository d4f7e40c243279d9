import Tensor

/// What a masked part of a picture is filled with before it is drawn anew.
public enum MaskFill: String, Sendable, CaseIterable {
  /// Nothing: it stays.
  case none
  /// What is there, with what is around it, blurred.
  case blur
  /// The colours around it, as smoothly as can be: the solution of Laplace's equation.
  case neighbors
  /// One colour.
  case color
}

/// A mask that leaves nothing of a picture to fill the rest from.
public struct NothingKnown: Error, Hashable, Sendable, CustomStringConvertible {
  /// A sentence.
  public var description: String {
    "the mask covers the whole picture, so nothing is left to fill it from; shrink the mask, or fill by "
      + "`color` or `blur`"
  }
}

extension Image {
  /// The picture with its masked part filled, as much as the mask says for each pixel; where it is 0 a pixel keeps
  /// its bits.
  ///
  /// - Parameters:
  ///   - mask: of the picture's size.
  ///   - color: what `color` fills with.
  ///   - sigma: of `blur`, in pixels.
  /// - Throws: `NothingKnown` for `neighbors` where the mask is 0 nowhere.
  public func filled(
    where mask: Mask, by fill: MaskFill, color: Color = .black, sigma: Double = 16
  ) throws(NothingKnown) -> Image {
    let content: Image
    switch fill {
    case .none: return self
    case .blur: content = blurred(sigma: sigma)
    case .neighbors:
      guard mask.inverted.thresholded(at: 1).bounds != nil else { throw NothingKnown() }
      content = filledFromNeighbors(where: mask)
    case .color: content = Image(width: width, height: height, filledWith: color)
    }
    return composited(with: content, x: 0, y: 0, mask: mask)
  }

  /// Every pixel where the mask is not 0 becomes the mean of its neighbours: those that are known hold the rest, and
  /// nothing pulls from beyond the picture.
  ///
  /// - Parameter mask: of the picture's size; somewhere 0.
  func filledFromNeighbors(where mask: Mask) -> Image {
    guard let bounds = mask.bounds else { return self }
    let region = bounds.widened(by: 1, inside: size)
    let filled = cropped(to: region).solved(where: mask.cropped(to: region))
    return composited(with: filled, x: region.x, y: region.y)
  }

  /// - Parameter mask: of this size; somewhere 0.
  private func solved(where mask: Mask) -> Image {
    let isUnknown = mask.values.elements.map { $0 > 0 }
    let solver = LaplaceSolver(LaplaceGrid(width: width, height: height, isUnknown: isUnknown))
    var pixels = self.pixels.elements
    for channel in 0..<3 {
      let own = isUnknown.indices.map { isUnknown[$0] ? 0 : Double(pixels[$0 * 3 + channel]) }
      let values = solver.solve(neighborSums(own, where: isUnknown))
      for place in isUnknown.indices where isUnknown[place] {
        pixels[place * 3 + channel] = Float(min(max(values[place], 0), 1))
      }
    }
    return Image(pixels: Tensor([height, width, 3], pixels))
  }

  /// The sum of the known neighbours of each unknown pixel.
  private func neighborSums(_ values: [Double], where isUnknown: [Bool]) -> [Double] {
    isUnknown.indices.map { place in
      guard isUnknown[place] else { return 0 }
      let (y, x) = place.quotientAndRemainder(dividingBy: width)
      return (x > 0 ? values[place - 1] : 0) + (x + 1 < width ? values[place + 1] : 0)
        + (y > 0 ? values[place - width] : 0) + (y + 1 < height ? values[place + width] : 0)
    }
  }
}

extension PixelRegion {
  /// Larger at each side, as far as a picture goes.
  fileprivate func widened(by margin: Int, inside size: PixelSize) -> PixelRegion {
    let columns = max(x - margin, 0)..<min(x + width + margin, size.width)
    let rows = max(y - margin, 0)..<min(y + height + margin, size.height)
    return PixelRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}
