/// A cascade that is laid over one scale of a picture.
struct CascadeScan: Sendable {
  private let cascade: Cascade
  private let sums: PictureSums
  private let judge: Judge

  /// What decides at a node.
  private enum Judge: Sendable {
    case haar([PlacedHaarFeature], area: Corners, pixels: Double)
    case patterns([PlacedPatternFeature])
  }

  /// How a window fared.
  enum Verdict { case passed, failed, failedAtOnce }

  init(_ cascade: Cascade, over plane: GreyPlane) {
    self.cascade = cascade
    switch cascade.features {
    case .haar(let features):
      let sums = PictureSums(plane, squares: true, tilted: features.contains(where: \.isTilted))
      let (width, height) = (cascade.window.width - 2, cascade.window.height - 2)
      judge = .haar(
        features.map { PlacedHaarFeature($0, in: sums) },
        area: sums.corners(of: .init(x: 1, y: 1, width: width, height: height, weight: 1)),
        pixels: Double(width * height))
      self.sums = sums
    case .patterns(let features):
      let sums = PictureSums(plane, squares: false, tilted: false)
      judge = .patterns(features.map { PlacedPatternFeature($0, in: sums) })
      self.sums = sums
    }
  }

  /// The columns of a row where a window passes. After one that fails in the first stage, the next is left out.
  ///
  /// - Parameter columns: where windows are laid.
  func hits(row: Int, columns: StrideTo<Int>) -> [Int] {
    sums.values.withUnsafeBufferPointer { values in
      sums.squares.withUnsafeBufferPointer { squares in
        var (hits, isNextLeftOut): ([Int], Bool) = ([], false)
        for x in columns {
          if isNextLeftOut {
            isNextLeftOut = false
            continue
          }
          switch verdict(at: row * sums.stride + x, values, squares) {
          case .passed: hits.append(x)
          case .failedAtOnce: isNextLeftOut = true
          case .failed: break
          }
        }
        return hits
      }
    }
  }

  private func verdict(
    at offset: Int, _ values: UnsafeBufferPointer<Int32>, _ squares: UnsafeBufferPointer<Int32>
  ) -> Verdict {
    switch judge {
    case .haar(let features, let area, let pixels):
      guard let scale = Self.scale(area, pixels, at: offset, values, squares) else {
        return .failed
      }
      return verdict { node in
        features[node.feature].value(values, at: offset) * scale < node.threshold
      }
    case .patterns(let features):
      return verdict { node in
        node.patterns.contains(features[node.feature].pattern(values, at: offset))
      }
    }
  }

  /// One by the root of the area's square times the variance; nil where the window is too even.
  private static func scale(
    _ area: Corners, _ pixels: Double, at offset: Int, _ values: UnsafeBufferPointer<Int32>,
    _ squares: UnsafeBufferPointer<Int32>
  ) -> Float? {
    let sum = Double(area.sum(values, at: offset))
    let ofSquares = Double(UInt32(bitPattern: area.sum(squares, at: offset)))
    let variance = pixels * ofSquares - sum * sum
    guard variance > 0 else { return nil }
    let scale = Float(1 / variance.squareRoot())
    return pixels * Double(scale) < 0.1 ? scale : nil
  }

  @inline(__always)
  private func verdict(_ goesLeft: (Cascade.Node) -> Bool) -> Verdict {
    for (index, stage) in cascade.stages.enumerated() {
      var sum = 0.0
      for root in stage.roots {
        var place = root
        while place >= 0 {
          let node = cascade.nodes[place]
          place = goesLeft(node) ? node.left : node.right
        }
        sum += Double(cascade.leaves[~place])
      }
      if sum < Double(stage.threshold) { return index == 0 ? .failedAtOnce : .failed }
    }
    return .passed
  }
}
