/// The windows of a picture `[N, H, W, C]` as the rows of a matrix `[N * H' * W', KH * KW * C]`, made
/// row by row where it is needed ("im2col").
struct Patches: Sendable {
  let height: Int
  let width: Int
  private let input: Tensor
  private let window: ConvolutionWindow

  init(of input: Tensor, under window: ConvolutionWindow) {
    self.input = input
    self.window = window
    (height, width) = window.outputSize(height: input.shape[1], width: input.shape[2])
  }

  private var channels: Int { input.shape[3] }
  private var rowCount: Int { input.shape[0] * height * width }
  private var rowSize: Int { window.height * window.width * channels }

  /// The matrix product with a kernel, on the shared pool: of the pixels as they are, of the whole
  /// matrix if it is small, or else band by band.
  func multiply(
    by kernel: PackedMatrix, into output: UnsafeMutablePointer<Float>,
    addend: UnsafePointer<Float>?
  ) {
    if window.isPointwise || rowCount * rowSize <= Self.smallMatrix {
      (window.isPointwise ? input : unfolded()).withPointer {
        kernel.multiply($0, rows: rowCount, into: output, epilogue: Epilogue(addend: addend))
      }
    } else {
      multiplyInBands(by: kernel, into: output, addend: addend)
    }
  }

  private func unfolded() -> Tensor {
    Tensor([rowCount, rowSize], by: .patches, items: rowCount, cost: rowSize) { rows, output in
      unfold(rows, into: output + rows.lowerBound * rowSize)
    }
  }

  private func multiplyInBands(
    by kernel: PackedMatrix, into output: UnsafeMutablePointer<Float>,
    addend: UnsafePointer<Float>?
  ) {
    let output = DisjointlyWritten(start: output)
    let addend = addend.map(SharedInput.init)
    let bandRows = max(Self.bandSize / rowSize / 16 * 16, Self.minimumBandRows)
    ThreadPool.shared.forEach((rowCount + bandRows - 1) / bandRows) { band in
      let rows = band * bandRows..<min((band + 1) * bandRows, rowCount)
      let start = rows.lowerBound * kernel.columns
      withScratch(of: Float.self, count: rows.count * rowSize) { scratch in
        unfold(rows, into: scratch)
        kernel.multiplyHere(
          scratch, rows: rows.count, into: output.start + start,
          addend: addend.map { $0.start + start })
      }
    }
  }

  /// Writes some rows of the matrix.
  private func unfold(_ rows: Range<Int>, into output: UnsafeMutablePointer<Float>) {
    var output = output
    for row in rows {
      let (line, x) = row.quotientAndRemainder(dividingBy: width)
      let (sample, y) = line.quotientAndRemainder(dividingBy: height)
      let left = x * window.stride - window.padding.left
      for tap in 0..<window.height {
        unfoldLine(
          sample: sample, y: y * window.stride + tap - window.padding.top, left: left, into: output)
        output += window.width * channels
      }
    }
  }

  /// One line of a window: the pixels inside the picture, zeros outside.
  private func unfoldLine(
    sample: Int, y: Int, left: Int, into output: UnsafeMutablePointer<Float>
  ) {
    let (inputHeight, inputWidth) = (input.shape[1], input.shape[2])
    let span = left..<left + window.width
    guard (0..<inputHeight).contains(y), span.overlaps(0..<inputWidth) else {
      return output.update(repeating: 0, count: span.count * channels)
    }
    let inside = span.clamped(to: 0..<inputWidth)
    let leading = (inside.lowerBound - left) * channels
    let copied = inside.count * channels
    output.update(repeating: 0, count: leading)
    input.withPointer {
      let pixel = (sample * inputHeight + y) * inputWidth + inside.lowerBound
      (output + leading).update(from: $0 + pixel * channels, count: copied)
    }
    let trailing = span.count * channels - leading - copied
    (output + leading + copied).update(repeating: 0, count: trailing)
  }

  /// Elements: 8 MB.
  private static let smallMatrix = 1 << 21
  /// Elements: 4 MB, about what a core's caches hold.
  private static let bandSize = 1 << 20
  /// With fewer, reading the kernel takes too much of the time.
  private static let minimumBandRows = 192
}
