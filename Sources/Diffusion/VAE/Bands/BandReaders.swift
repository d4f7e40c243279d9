import Tensor

/// Goes through the bands of a picture.
struct BandCursor {
  private let ranges: [Range<Int>]
  private var index = 0

  init(_ shape: Shape) { ranges = Bands.ranges(lines: shape[1], width: shape[2]) }

  mutating func next() -> Range<Int> {
    defer { index += 1 }
    return ranges[index]
  }
}

/// Reads a stored picture, or some of its channels.
final class StoredReader: BandReader {
  let shape: Shape
  private let storage: PictureStorage
  private let channels: Range<Int>?
  /// Whether a band is written over while its last lines are still needed for the next one: then bands are
  /// copies, and read one after the other.
  private let isOverwritten: Bool
  private var cursor: BandCursor

  init(_ storage: PictureStorage, channels: Range<Int>? = nil, isOverwritten: Bool = false) {
    let whole = storage.shape
    self.storage = storage
    self.channels = channels
    self.isOverwritten = isOverwritten
    shape = [1, whole[1], whole[2], channels?.count ?? whole[3]]
    cursor = BandCursor(shape)
  }

  func next() -> Tensor {
    let range = cursor.next()
    if let channels { return storage.lines(range).slice(channels, axis: -1) }
    return isOverwritten ? storage.copy(of: range) : storage.lines(range)
  }

  func lines(_ range: Range<Int>) -> Tensor? {
    guard !isOverwritten else { return nil }
    let lines = storage.lines(range)
    return channels.map { lines.slice($0, axis: -1) } ?? lines
  }
}

/// What a reader convolves its input with.
struct BandKernel {
  let kernel: PackedConvolution
  /// What comes before it, with SiLU; nil for nothing.
  let norm: ChannelNormalization?
  /// Whether each pixel is repeated once in both directions before.
  let isDoubled: Bool

  /// Takes the layer's weights for as long as the picture is read or made again.
  init(_ layer: Convolution, norm: ChannelNormalization? = nil, isDoubled: Bool = false) {
    kernel = layer.kernel.lent()
    self.norm = norm
    self.isDoubled = isDoubled
  }

  /// `[1, H, W, C]` to `[1, H', W', O]`.
  func outputShape(of input: Shape) -> Shape {
    let repeats = isDoubled ? 2 : 1
    let size = kernel.outputSize(height: input[1] * repeats, width: input[2] * repeats)
    return [1, size.height, size.width, kernel.outputs]
  }

  /// Some lines of the output, and what they depend on, for an input of the given height.
  func band(_ lines: Range<Int>, height: Int) -> ConvolutionBand {
    ConvolutionBand(lines, of: kernel, height: height, isDoubled: isDoubled)
  }
}

/// Convolves a picture; what a resnet has convolved is added to what went into it.
final class ConvolvingReader: BandReader {
  let shape: Shape
  private let input: BandBuffer
  private let kernel: BandKernel
  /// Whether nobody else needs the input's bands.
  private let ownsInput: Bool
  private let residual: Residual?
  private var cursor: BandCursor

  /// What is added to a convolution.
  struct Residual {
    /// May be a buffer that the convolution's input is made from: that is always ahead.
    let input: BandBuffer
    let shortcut: Linear?
  }

  init(
    _ input: BandBuffer, _ kernel: BandKernel, ownsInput: Bool = true,
    plus residual: Residual? = nil
  ) {
    self.input = input
    self.kernel = kernel
    self.ownsInput = ownsInput
    self.residual = residual
    shape = kernel.outputShape(of: input.reader.shape)
    cursor = BandCursor(shape)
  }

  func next() -> Tensor {
    let (band, window) = nextWindow()
    return band.convolve(input(window), plus: residual?.lines(band.lines))
  }

  func next(into storage: PictureStorage, at line: Int) -> Tensor {
    let (band, window) = nextWindow()
    band.convolve(input(window), plus: residual?.lines(band.lines), into: storage)
    return storage.written(band.lines, of: shape)
  }

  private func input(_ window: Tensor) -> ConvolutionInput {
    ConvolutionInput(
      window, isDoubled: kernel.isDoubled, normalization: kernel.norm, then: .silu)
  }

  private func nextWindow() -> (ConvolutionBand, Tensor) {
    let lines = cursor.next()
    let height = input.reader.shape[1]
    let band = kernel.band(lines, height: height)
    let window = input.lines(band.inputLines)
    if ownsInput, lines.upperBound < shape[1] {
      let next = kernel.band(lines.upperBound..<lines.upperBound + 1, height: height)
      input.drop(before: next.inputLines.lowerBound)
    }
    return (band, window)
  }
}

extension ConvolvingReader.Residual {
  fileprivate func lines(_ range: Range<Int>) -> Tensor {
    let x = input.lines(range)
    input.drop(before: range.upperBound)
    return shortcut?(x) ?? x
  }
}

/// Puts the shortcut's output and a resnet's first convolution side by side, `[1, H, W, 2 * C]`.
final class PairingReader: BandReader {
  let shape: Shape
  private let input: BandBuffer
  private let hidden: any BandReader
  private let shortcut: Linear
  private var cursor: BandCursor

  init(_ input: BandBuffer, hidden: any BandReader, shortcut: Linear) {
    let size = hidden.shape
    shape = [1, size[1], size[2], 2 * size[3]]
    self.input = input
    self.hidden = hidden
    self.shortcut = shortcut
    cursor = BandCursor(shape)
  }

  func next() -> Tensor {
    let range = cursor.next()
    let second = hidden.next()
    let first = shortcut(input.lines(range))
    // The next band of `hidden` begins with the last of these lines.
    input.drop(before: range.upperBound - 1)
    return first.concatenated(with: second, axis: -1)
  }
}
