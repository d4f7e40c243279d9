/// Floating-point operations by the textbook, a multiplication and an addition counted as two. Products alone count:
/// what is done once an element is less than a hundredth of a model.
enum Operations {
  static func linear(rows: Int, _ inputs: Int, _ outputs: Int) -> Int {
    2 * rows * inputs * outputs
  }

  /// - Parameter pixels: of the result, all samples together.
  static func convolution(pixels: Int, _ inputs: Int, _ outputs: Int) -> Int {
    2 * 9 * pixels * inputs * outputs
  }

  /// - Parameters:
  ///   - queries: of all samples together.
  ///   - keys: of one sample.
  ///   - width: of all heads together.
  static func attention(queries: Int, keys: Int, width: Int) -> Int { 4 * queries * keys * width }

  /// - Parameter timeRows: the rows of the time embedding; 0 in autoencoders.
  static func resnet(
    pixels: Int, _ inputs: Int, _ outputs: Int, timeRows: Int = 0, timeWidth: Int = 0
  ) -> Int {
    convolution(pixels: pixels, inputs, outputs) + convolution(pixels: pixels, outputs, outputs)
      + linear(rows: timeRows, timeWidth, outputs)
      + (inputs == outputs ? 0 : linear(rows: pixels, inputs, outputs))
  }

  /// - Parameters:
  ///   - pixels: of all samples together.
  ///   - tokens: of one sample's context.
  static func transformerBlock(
    batch: Int, pixels: Int, width: Int, tokens: Int, contextWidth: Int
  ) -> Int {
    6 * linear(rows: pixels, width, width) + 2 * linear(rows: batch * tokens, contextWidth, width)
      + attention(queries: pixels, keys: pixels / batch, width: width)
      + attention(queries: pixels, keys: tokens, width: width)
      + linear(rows: pixels, width, 8 * width) + linear(rows: pixels, 4 * width, width)
  }
}

extension TextEncoderConfiguration {
  /// Of encoding so many tokens.
  func operations(tokens: Int) -> Int {
    let layer =
      4 * Operations.linear(rows: tokens, width, width)
      + Operations.attention(queries: tokens, keys: tokens, width: width)
      + 2 * Operations.linear(rows: tokens, width, hiddenWidth)
    return layers * layer + Operations.linear(rows: 1, width, projection ?? 0)
  }
}
