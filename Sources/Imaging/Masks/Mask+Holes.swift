import Tensor

extension Mask {
  /// The mask without holes: a pixel takes the least value that must be crossed on any way from it out of
  /// the picture, in steps to its four neighbours. Of a mask of 0 and 1 these are the areas of 0 that
  /// do not touch the border. Vincent, "Morphological grayscale reconstruction in image analysis"
  /// (1993), the sequential algorithm.
  public var withoutHoles: Mask {
    let (width, height) = (width, height)
    return values.withElements { own in
      Mask(
        values: Tensor([height, width]) { filled in
          let grid = FloodedGrid(width: width, height: height, own: own, filled: filled)
          grid.startFromBorder()
          while grid.sweep(forwards: true) || grid.sweep(forwards: false) {}
        })
    }
  }
}

/// Values that sink from 1 to what the way out allows.
private struct FloodedGrid {
  let width: Int
  let height: Int
  let own: UnsafeBufferPointer<Float>
  let filled: UnsafeMutableBufferPointer<Float>

  func startFromBorder() {
    for index in own.indices {
      let (x, y) = (index % width, index / width)
      let isBorder = x == 0 || y == 0 || x == width - 1 || y == height - 1
      filled[index] = isBorder ? own[index] : 1
    }
  }

  /// One pass over all pixels, each looking at the two neighbours that come before it. Whether
  /// anything changed.
  func sweep(forwards: Bool) -> Bool {
    let step = forwards ? -1 : 1
    var hasChanged = false
    for place in own.indices {
      let index = forwards ? place : own.count - 1 - place
      var least = filled[index]
      if (0..<width).contains(index % width + step) { least = min(least, filled[index + step]) }
      if own.indices.contains(index + step * width) {
        least = min(least, filled[index + step * width])
      }
      let value = max(own[index], least)
      if value < filled[index] {
        filled[index] = value
        hasChanged = true
      }
    }
    return hasChanged
  }
}
