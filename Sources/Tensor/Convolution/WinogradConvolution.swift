import CKernels

/// One call of a convolution by Winograd's method: the windows of some lines of tiles are transformed to
/// factors, which are multiplied panel by panel and transformed back while they are in the caches.
struct WinogradConvolution {
  let input: ConvolutionInput
  let padding: Padding
  let weights: WinogradWeights
  let points: Int
  /// Of the output.
  let height: Int
  let width: Int

  /// The outputs of a tile in each direction.
  private var step: Int { points - 2 }
  private var tilesAcross: Int { (width + step - 1) / step }
  private var tilesDown: Int { (height + step - 1) / step }
  private var lineCount: Int { input.samples * tilesDown }
  private var columns: Int { weights.matrix.columns }
  private var panels: PackedPanels { weights.matrix.panels }

  /// Writes `[N, H', W', O]`.
  func run(into output: UnsafeMutablePointer<Float>, vectors: Tensor?, addend: Tensor?) {
    let bias = weights.matrix.columnBias(plus: vectors)
    withExtendedLifetime((bias, addend)) {
      let call = Winograd(
        points: points, inputs: input.channels, columns: columns, height: height, width: width,
        bias: bias.withPointer { $0 }, bias_stride: bias.shape[0] > 1 ? bias.shape[1] : 0,
        addend: addend?.withPointer { $0 }, output: output)
      weights.withFactors(points: points) { factors in
        run(SharedWinograd(call: call, factors: factors))
      }
    }
  }

  private func run(_ shared: SharedWinograd) {
    let lines = linesPerBlock(hasFactors: shared.factors != nil)
    // A little more than what is needed, so that the factors of one place are not in the same cache sets.
    let productStride = lines * tilesAcross * input.channels + 16
    withScratch(of: Float.self, count: points * points * productStride) { factors in
      for first in stride(from: 0, to: lineCount, by: lines) {
        let block = FactorBlock(
          factors: factors, productStride: productStride,
          lines: first..<min(first + lines, lineCount))
        transformInput(block)
        multiply(block, shared)
      }
    }
  }

  /// As many lines of tiles as fill a part of the last cache; more where every block of lines must make the
  /// weights' factors anew.
  private func linesPerBlock(hasFactors: Bool) -> Int {
    let lineSize = points * points * tilesAcross * input.channels
    let budget = hasFactors ? Self.blockSize : 4 * Self.blockSize
    return min(max(budget / lineSize, 1), lineCount)
  }

  // MARK: - The windows

  private func transformInput(_ block: FactorBlock) {
    let parts = (input.channels + Self.channelsPerTask - 1) / Self.channelsPerTask
    ThreadPool.shared.forEach(block.lines.count * parts) { task in
      let (line, part) = task.quotientAndRemainder(dividingBy: parts)
      let first = part * Self.channelsPerTask
      let channels = first..<min(first + Self.channelsPerTask, input.channels)
      let pixels = tilesAcross * step + 2
      withScratch(of: Float.self, count: points * pixels * channels.count) { window in
        copyWindow(line: block.lines.lowerBound + line, channels: channels, into: window)
        kernels().pointee.winograd_input(
          points, window, pixels * channels.count, channels.count, tilesAcross, channels.count,
          block.factors + line * tilesAcross * input.channels + first, block.productStride,
          input.channels)
      }
    }
  }

  /// The lines that a line of tiles sees, `[points, pixels, channels]`, with zeros outside the picture.
  private func copyWindow(
    line: Int, channels: Range<Int>, into window: UnsafeMutablePointer<Float>
  ) {
    let (sample, tileLine) = line.quotientAndRemainder(dividingBy: tilesDown)
    let pixels = tilesAcross * step + 2
    let lineSize = pixels * channels.count
    for index in 0..<points {
      let target = window + index * lineSize
      let y = tileLine * step + index - padding.top
      guard (0..<input.height).contains(y) else {
        target.update(repeating: 0, count: lineSize)
        continue
      }
      let inside = min(input.width, pixels - padding.left)
      target.update(repeating: 0, count: padding.left * channels.count)
      input.copyLine(
        sample: sample, y: y, x: 0..<inside, channels: channels,
        into: target + padding.left * channels.count, stride: channels.count)
      (target + (padding.left + inside) * channels.count)
        .update(repeating: 0, count: lineSize - (padding.left + inside) * channels.count)
    }
  }

  // MARK: - The products

  private func multiply(_ block: FactorBlock, _ shared: SharedWinograd) {
    let tiles = block.lines.count * tilesAcross
    guard let factors = shared.factors else {
      return multiplyPanelByPanel(block, shared, tiles: tiles)
    }
    let size = weights.factorCount(points: points)
    let parts = (tiles + Self.tilesPerTask - 1) / Self.tilesPerTask
    ThreadPool.shared.forEach(panels.count * parts) { task in
      let (panel, part) = task.quotientAndRemainder(dividingBy: parts)
      multiply(
        block, shared, tiles: tiles * part / parts..<tiles * (part + 1) / parts, panel: panel,
        weights: factors.start + panel * size)
    }
  }

  /// Makes each panel's factors, for all tiles of the block.
  private func multiplyPanelByPanel(_ block: FactorBlock, _ shared: SharedWinograd, tiles: Int) {
    let parts = (tiles + Self.tilesPerTask - 1) / Self.tilesPerTask
    ThreadPool.shared.forEach(panels.count) { panel in
      withScratch(of: Float.self, count: weights.factorCount(points: points)) { factors in
        weights.writeFactors(ofPanel: panel, points: points, into: factors)
        for part in 0..<parts {
          multiply(
            block, shared, tiles: tiles * part / parts..<tiles * (part + 1) / parts, panel: panel,
            weights: factors)
        }
      }
    }
  }

  private func multiply(
    _ block: FactorBlock, _ shared: SharedWinograd, tiles: Range<Int>, panel: Int,
    weights: UnsafePointer<Float>
  ) {
    withScratch(of: Float.self, count: points * points * tiles.count * panels.width) { scratch in
      withUnsafePointer(to: shared.call) {
        kernels().pointee.winograd_block(
          $0, block.factors + tiles.lowerBound * input.channels, block.productStride,
          block.lines.lowerBound * tilesAcross + tiles.lowerBound, tiles.count, weights, panel,
          scratch)
      }
    }
  }

  /// Elements: 8 MB, a part of the last cache that leaves room for weights.
  private static let blockSize = 1 << 21
  private static let channelsPerTask = 64
  /// A panel's products of so many tiles stay in the second cache.
  private static let tilesPerTask = 96
}

/// The factors of some lines of tiles, `[points²][tiles][I]`.
///
/// `@unchecked Sendable`: each task writes a part of its own, and the loops end before the memory.
private struct FactorBlock: @unchecked Sendable {
  let factors: UnsafeMutablePointer<Float>
  let productStride: Int
  let lines: Range<Int>
}

/// `@unchecked Sendable`: each task writes tiles of its own, and the loops end before the memory.
private struct SharedWinograd: @unchecked Sendable {
  let call: Winograd
  let factors: SharedInput?

  init(call: Winograd, factors: UnsafePointer<Float>?) {
    self.call = call
    self.factors = factors.map(SharedInput.init)
  }
}
