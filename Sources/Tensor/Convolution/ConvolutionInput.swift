import CKernels

/// What a convolution reads: a picture, doubled, normalized and activated on the way if need be, so that none
/// of these has to be written to memory first.
public struct ConvolutionInput: Sendable {
  /// `[N, h, w, I]`
  let picture: Tensor
  /// How often each pixel is repeated in both directions, 1 or 2 ("nearest" upsampling).
  let repeats: Int
  let normalization: ChannelNormalization?
  let activation: Activation

  /// - Parameters:
  ///   - picture: `[N, h, w, I]`.
  ///   - isDoubled: whether each pixel is repeated once in both directions.
  ///   - normalization: what each channel is scaled and shifted by, of the same N and I.
  ///   - activation: comes after the normalization; ignored without one.
  public init(
    _ picture: Tensor, isDoubled: Bool = false, normalization: ChannelNormalization? = nil,
    then activation: Activation = .identity
  ) {
    precondition(picture.shape.rank == 4, "a picture of shape \(picture.shape)")
    let channels: Shape = [picture.shape[0], picture.shape[3]]
    precondition(
      normalization.map { $0.scale.shape == channels } ?? true, "a normalization for \(channels)")
    self.picture = picture
    self.normalization = normalization
    self.activation = activation
    repeats = isDoubled ? 2 : 1
  }

  var samples: Int { picture.shape[0] }
  var height: Int { picture.shape[1] * repeats }
  var width: Int { picture.shape[2] * repeats }
  var channels: Int { picture.shape[3] }

  /// `[N, H', W', O]`, plus a vector for each sample and a picture.
  ///
  /// - Parameters:
  ///   - vectors: `[N, O]`, added at every place of a sample; nil for none.
  ///   - addend: `[N, H', W', O]`, or nil for none.
  public func convolved(
    with kernel: PackedConvolution, shiftedBy vectors: Tensor? = nil, plus addend: Tensor? = nil
  ) -> Tensor {
    convolved(with: kernel, by: nil, shiftedBy: vectors, plus: addend)
  }

  /// - Parameters:
  ///   - window: differs from the kernel's in padding alone; nil for the kernel's.
  ///   - method: nil for the fastest.
  func convolved(
    with kernel: PackedConvolution, through window: ConvolutionWindow? = nil,
    by method: ConvolutionMethod?, shiftedBy vectors: Tensor? = nil, plus addend: Tensor? = nil
  ) -> Tensor {
    let window = window ?? kernel.window
    let size = window.outputSize(height: height, width: width)
    let result: Shape = [samples, size.height, size.width, kernel.outputs]
    precondition(channels == kernel.inputs, "\(picture.shape) into \(kernel.inputs) channels")
    precondition(size.height > 0 && size.width > 0, "\(picture.shape) is smaller than the kernel")
    precondition(vectors.map { $0.shape == [samples, kernel.outputs] } ?? true, "vectors")
    precondition(addend.map { $0.shape == result } ?? true, "\(result) plus \(addend?.shape ?? [])")
    let method = method ?? ConvolutionMethod(for: kernel, samples: samples, size: size)
    guard case .winograd(let points) = method, let weights = kernel.winograd else {
      return materialized().unfolded(through: window, kernel.matrix, result, vectors, addend)
    }
    return Tensor(result, by: .convolution) { output in
      guard let target = output.baseAddress, !output.isEmpty else { return }
      WinogradConvolution(
        input: self, padding: window.padding, weights: weights, points: points,
        height: size.height, width: size.width
      ).run(into: target, vectors: vectors, addend: addend)
    }
  }

  /// The picture as the convolution sees it.
  func materialized() -> Tensor {
    guard repeats > 1 || normalization != nil else { return picture }
    let lines = samples * height
    return Tensor(
      [samples, height, width, channels], by: .upsampling, items: lines, cost: 4 * width * channels
    ) { range, output in
      for line in range {
        let (sample, y) = line.quotientAndRemainder(dividingBy: height)
        copyLine(
          sample: sample, y: y, x: 0..<width, channels: 0..<channels,
          into: output + line * width * channels, stride: channels)
      }
    }
  }

  /// Some channels of a part of a line, as the convolution sees it.
  func copyLine(
    sample: Int, y: Int, x: Range<Int>, channels range: Range<Int>,
    into output: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let (lines, pixels) = (picture.shape[1], picture.shape[2])
    let parameters = sample * channels + range.lowerBound
    picture.withPointer {
      kernels().pointee.window_line(
        $0 + (sample * lines + y / repeats) * pixels * channels + range.lowerBound, channels,
        x.lowerBound, repeats, output, stride, x.count, range.count,
        normalization?.scale.withPointer { $0 + parameters },
        normalization?.shift.withPointer { $0 + parameters }, activation.kernel)
    }
  }
}

extension Tensor {
  /// The convolution by a matrix product with the windows.
  fileprivate func unfolded(
    through window: ConvolutionWindow, _ matrix: PackedMatrix, _ result: Shape,
    _ vectors: Tensor?, _ addend: Tensor?
  ) -> Tensor {
    let patches = Patches(of: self, under: window)
    let product = Tensor(result, by: .convolution) { output in
      guard let target = output.baseAddress, !output.isEmpty else { return }
      withExtendedLifetime(addend) {
        patches.multiply(
          by: matrix, into: target, addend: addend?.withPointer { $0 })
      }
    }
    return vectors.map(product.adding(perChannel:)) ?? product
  }
}
