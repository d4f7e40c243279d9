/// Laplace's equation on the pixels of a grid that are not known: each is the mean of its neighbours, four at most. A
/// coarser grid joins two by two pixels, and its equations are sums of theirs (Notay, "An aggregation-based algebraic
/// multigrid method", 2010).
struct LaplaceGrid {
  let width: Int
  let height: Int
  /// For each pixel: the sum of its bonds to others and to known pixels; 0 where it is known itself.
  private(set) var diagonal: [Double]
  /// The bond of each pixel to the one at its right, where both are unknown.
  private(set) var right: [Double]
  /// The bond to the one below.
  private(set) var below: [Double]

  /// - Parameter isUnknown: row by row.
  init(width: Int, height: Int, isUnknown: [Bool]) {
    (self.width, self.height) = (width, height)
    diagonal = isUnknown.map { _ in 0 }
    (right, below) = (diagonal, diagonal)
    for place in isUnknown.indices {
      if place % width + 1 < width { join(place, place + 1, isUnknown, in: \.right) }
      if place + width < isUnknown.count { join(place, place + width, isUnknown, in: \.below) }
    }
  }

  private mutating func join(
    _ place: Int, _ next: Int, _ isUnknown: [Bool],
    in bonds: WritableKeyPath<LaplaceGrid, [Double]>
  ) {
    if isUnknown[place] { diagonal[place] += 1 }
    if isUnknown[next] { diagonal[next] += 1 }
    if isUnknown[place], isUnknown[next] { self[keyPath: bonds][place] = 1 }
  }

  /// Half as wide and high, rounded up.
  init(joiningPixelsOf fine: LaplaceGrid) {
    (width, height) = ((fine.width + 1) / 2, (fine.height + 1) / 2)
    diagonal = Array(repeating: 0, count: width * height)
    (right, below) = (diagonal, diagonal)
    for place in fine.diagonal.indices {
      let (y, x) = place.quotientAndRemainder(dividingBy: fine.width)
      let own = y / 2 * width + x / 2
      diagonal[own] += fine.diagonal[place]
      if x.isMultiple(of: 2) {
        diagonal[own] -= 2 * fine.right[place]
      } else {
        right[own] += fine.right[place]
      }
      if y.isMultiple(of: 2) {
        diagonal[own] -= 2 * fine.below[place]
      } else {
        below[own] += fine.below[place]
      }
    }
  }

  /// What each unknown pixel's bonds pull it away from `values`, and from the known pixels if these are 0.
  func applied(to values: [Double]) -> [Double] {
    var result = values
    for place in values.indices { result[place] *= diagonal[place] }
    for place in values.indices {
      if right[place] > 0 {
        result[place] -= right[place] * values[place + 1]
        result[place + 1] -= right[place] * values[place]
      }
      if below[place] > 0 {
        result[place] -= below[place] * values[place + width]
        result[place + width] -= below[place] * values[place]
      }
    }
    return result
  }

  /// Adds a step of Jacobi's method, damped, against what is left over.
  func relax(_ values: inout [Double], _ residual: [Double]) {
    for place in values.indices where diagonal[place] > 0 {
      values[place] += 0.7 * residual[place] / diagonal[place]
    }
  }

  /// Sums of two by two pixels.
  func joined(_ fine: [Double], width fineWidth: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: width * height)
    for place in fine.indices {
      sums[place / fineWidth / 2 * width + place % fineWidth / 2] += fine[place]
    }
    return sums
  }

  /// Each value at two by two pixels of a finer grid.
  func spread(_ values: [Double], over fine: LaplaceGrid) -> [Double] {
    fine.diagonal.indices.map { place in
      fine.diagonal[place] > 0
        ? values[place / fine.width / 2 * width + place % fine.width / 2] : 0
    }
  }
}
