import Tensor

/// Some layers of an upscaler, one after the other, which a picture goes through by bands of lines.
///
/// A network's whole reach is far larger than a band: 23 blocks of ESRGAN look 349 pixels around. That of a few layers is
/// small, so that each band takes little more than its own lines. With those around it that the layers look at, a band
/// has the bits that it has in the whole picture: it begins at a multiple of 4, as what Winograd's methods compute at
/// once does, and each convolution of 3x3 pixels reaches one such block further. Few pixels alone would be convolved by
/// another method, so that no band has fewer than `fewestPixels`, however little memory there is.
struct UpscalerStage {
  /// How many lines above and below a band count, a multiple of `alignment`.
  let context: Int
  /// How many times as wide and high the result is.
  let scale: Int
  /// The numbers that a pixel of the input takes meanwhile.
  let numbersPerPixel: Int
  /// `[1, h, W, C]` to `[1, h * scale, W * scale, C']`.
  let layers: (Tensor) -> Tensor

  /// Layers at the size of the picture.
  /// - Parameters:
  ///   - convolutions: how many of them follow each other.
  ///   - numbersPerPixel: as below.
  init(
    convolutions: Int, numbersPerPixel: Int, _ layers: @escaping (Tensor) -> Tensor
  ) {
    self.init(
      context: convolutions * Self.alignment, scale: 1, numbersPerPixel: numbersPerPixel, layers)
  }

  init(
    context: Int, scale: Int, numbersPerPixel: Int, _ layers: @escaping (Tensor) -> Tensor
  ) {
    self.context = context
    self.scale = scale
    self.numbersPerPixel = numbersPerPixel
    self.layers = layers
  }

  /// `[1, H, W, C]` to `[1, H * scale, W * scale, C']`.
  /// - Parameter memory: about what a band may take, in bytes, if that is enough for the smallest; it changes no bit.
  func callAsFunction(_ x: Tensor, memory: Int = UpscalerStage.memory) -> Tensor {
    let lines = lineCount(width: x.shape[2], memory: memory)
    guard lines < x.shape[1] else { return layers(x) }
    var result: PictureStorage?
    let count = x.shape[1] / lines
    for index in 0..<count {
      // The last takes what is left as well: few lines alone would be convolved by another method.
      let start = index * lines
      let band = band(start..<(index == count - 1 ? x.shape[1] : start + lines), of: x)
      let storage =
        result
        ?? PictureStorage([1, x.shape[1] * scale, x.shape[2] * scale, band.shape[3]])
      storage.write(band, at: start * scale)
      result = storage
    }
    return result?.tensor ?? layers(x)
  }

  private func band(_ lines: Range<Int>, of x: Tensor) -> Tensor {
    let window = max(lines.lowerBound - context, 0)..<min(lines.upperBound + context, x.shape[1])
    let whole = layers(x.slice(window, axis: 1))
    let start = (lines.lowerBound - window.lowerBound) * scale
    return whole.slice(start..<start + lines.count * scale, axis: 1)
  }

  /// A multiple of `alignment`; no fewer than the lines of the context and those of `fewestPixels`, even where that takes
  /// more memory.
  private func lineCount(width: Int, memory: Int) -> Int {
    let lineBytes = numbersPerPixel * width * MemoryLayout<Float>.stride
    let fewest = max(context, (Self.fewestPixels + width - 1) / width)
    let lines = max(memory / lineBytes - 2 * context, fewest)
    return (lines + Self.alignment - 1) / Self.alignment * Self.alignment
  }

  static let alignment = 4
  /// From here on a convolution goes by one method, whatever the number of pixels (`ConvolutionMethod`).
  static let fewestPixels = 400
  /// What a band may take at most, in bytes.
  static let memory = 1 << 30
}
