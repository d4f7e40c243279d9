import Tensor

extension Image {
  /// The picture without its details, as tile ControlNets are given it: halved `levels` times by area, and doubled as
  /// often by a Gaussian pyramid. It is what the `TileDetector` of comfyui_controlnet_aux makes of sides that are multiples;
  /// others are brought back to their size by `bilinear`.
  ///
  /// - Parameter levels: 0 changes nothing.
  public func tileBlurred(levels: Int) -> Image {
    guard levels > 0 else { return self }
    func small(_ side: Int) -> Int { max(Int((Double(side) / Double(1 << levels)).rounded()), 1) }
    var tensor = resized(toWidth: small(width), height: small(height), filter: .area).pixels
    for _ in 0..<levels {
      tensor = tensor.doubledRows().exchangingRowsAndColumns()
        .doubledRows().exchangingRowsAndColumns()
    }
    return Image(pixels: tensor).resized(toWidth: width, height: height, filter: .bilinear)
  }
}

extension Tensor {
  /// `[H, W, C]` with twice as many rows, by the five weights of Burt and Adelson, "The Laplacian Pyramid as a Compact
  /// Image Code" (1983). Before the first row lies the second, behind the last one itself, as in OpenCV's `pyrUp`.
  fileprivate func doubledRows() -> Tensor {
    let (height, length) = (shape[0], shape[1] * shape[2])
    return parallelRows([2 * height, shape[1], shape[2]]) { source, y, target in
      func row(_ index: Int) -> UnsafePointer<Float> {
        source + min(index < 0 ? -index : index, height - 1) * length
      }
      let (before, own, behind) = (row(y / 2 - 1), row(y / 2), row(y / 2 + 1))
      for index in 0..<length {
        target[index] =
          y.isMultiple(of: 2)
          ? (before[index] + 6 * own[index] + behind[index]) / 8
          : (own[index] + behind[index]) / 2
      }
    }
  }
}
