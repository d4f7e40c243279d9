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
  ///   - beforeRound: called before each of the rounds, some 15 a colour, that `neighbors` takes.
  /// - Throws: `NothingKnown` for `neighbors` where the mask is 0 nowhere, and what `beforeRound` throws.
  public func filled(
    where mask: Mask, by fill: MaskFill, color: Color = .black, sigma: Double = 16,
    beforeRound: () throws -> Void = {}
  ) throws -> Image {
    let content: Image
    switch fill {
    case .none: return self
    case .blur: content = blurred(sigma: sigma)
    case .neighbors:
      guard mask.inverted.thresholded(at: 1).bounds != nil else { throw NothingKnown() }
      content = try filledFromNeighbors(where: mask, beforeRound: beforeRound)
    case .color: content = Image(width: width, height: height, filledWith: color)
    }
    return composited(with: content, x: 0, y: 0, mask: mask)
  }

  /// Every pixel where the mask is not 0 becomes the mean of its neighbours: those that are known hold the rest, and
  /// nothing pulls from beyond the picture.
  ///
  /// - Parameters:
  ///   - mask: of the picture's size; somewhere 0.
  ///   - beforeRound: what it throws ends the work.
  func filledFromNeighbors(
    where mask: Mask, beforeRound: () throws -> Void
  ) rethrows -> Image {
    guard let region = mask.bounds?.widened(by: 1, inside: size) else { return self }
    let filled = try cropped(to: region).solved(
      where: mask.cropped(to: region), beforeRound: beforeRound)
    return composited(with: filled, x: region.x, y: region.y)
  }

  /// - Parameter mask: of this size; somewhere 0.
  private func solved(
    where mask: Mask, beforeRound: () throws -> Void
  ) rethrows -> Image {
    let solutions = try TensorArena.keeping {
      let solver = LaplaceSolver(LaplaceGrid(unknownWhere: mask))
      return try (0..<3).map {
        try solver.solve(neighborSums(channel: $0, where: mask), beforeRound: beforeRound)
      }
    }
    let (width, unknown) = (width, mask.values)
    return Image(
      pixels: pixels.parallelRows(pixels.shape) { source, y, target in
        for x in 0..<3 * width { target[x] = source[y * width * 3 + x] }
        unknown.withElements { unknown in
          for (channel, solution) in solutions.enumerated() {
            solution.withElements { solution in
              for x in 0..<width where unknown[y * width + x] > 0 {
                target[x * 3 + channel] = min(max(solution[y * width + x], 0), 1)
              }
            }
          }
        }
      })
  }

  /// The sum of the known neighbours of each unknown pixel: `[H, W]`, 0 at the others.
  private func neighborSums(channel: Int, where mask: Mask) -> Tensor {
    let (width, height, unknown) = (width, height, mask.values)
    return pixels.parallelRows([height, width]) { pixels, y, target in
      unknown.withElements { unknown in
        func known(_ x: Int, _ y: Int) -> Float {
          guard 0..<width ~= x, 0..<height ~= y, unknown[y * width + x] <= 0 else { return 0 }
          return pixels[(y * width + x) * 3 + channel]
        }
        for x in 0..<width {
          target[x] =
            unknown[y * width + x] > 0
            ? known(x - 1, y) + known(x + 1, y) + known(x, y - 1) + known(x, y + 1) : 0
        }
      }
    }
  }
}
