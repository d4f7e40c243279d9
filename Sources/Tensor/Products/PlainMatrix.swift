import CKernels

/// A row-major matrix, for OpenBLAS.
struct PlainMatrix: Sendable {
  /// `[inner, columns]`
  let weight: Tensor
  let bias: Tensor?
  let isGated: Bool

  var inner: Int { weight.shape[0] }
  /// The columns of the matrix; the product of a gated one has half as many.
  var columns: Int { weight.shape[1] }

  init(weight: StoredElements, bias: Tensor?, isGated: Bool) {
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    let taps = weight.shape.sizes.dropFirst(2).reduce(1, *)
    let channelsLast = weight.read().reshaped(to: [outputs, inputs, taps, 1])
      .transposedToChannelsLast()
    self.weight = channelsLast.reshaped(to: [outputs, taps * inputs]).matrixTransposed()
    self.bias = bias
    self.isGated = isGated
  }

  /// `output [rows, columns] = input [rows, inner] · weight + bias`, in blocks on the shared pool.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue
  ) {
    guard isGated || epilogue.addend != nil || epilogue.activation != .identity else {
      return multiply(input, rows: rows, into: output)
    }
    var product = Tensor([rows, columns]) {
      guard let target = $0.baseAddress else { return }
      multiply(input, rows: rows, into: target)
    }
    if isGated { product = product.gatedGELU() }
    product.finish(into: output, epilogue)
  }

  private func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>
  ) {
    let grid = BlockGrid(rows: rows, columns: columns, inner: inner)
    let operands = (input: SharedInput(start: input), output: DisjointlyWritten(start: output))
    traced(.gemm, [rows, inner, columns]) {
      ThreadPool.shared.forEach(grid.count) { index in
        let block = grid[index]
        multiplyBlock(
          operands.input.start + block.rows.lowerBound * inner, rows: block.rows.count,
          columns: block.columns,
          into: operands.output.start + block.rows.lowerBound * columns)
      }
    }
  }

  /// The given columns of the product of some rows, on this thread. OpenBLAS would clear its result and
  /// add to it; letting it add to the bias costs nothing.
  func multiplyBlock(
    _ input: UnsafePointer<Float>, rows: Int, columns range: Range<Int>,
    into output: UnsafeMutablePointer<Float>
  ) {
    let output = output + range.lowerBound
    bias?.withPointer {
      for row in 0..<rows {
        (output + row * columns).update(from: $0 + range.lowerBound, count: range.count)
      }
    }
    weight.withPointer {
      product(
        MatrixView(start: input, rows: rows, columns: inner, stride: inner),
        MatrixView(
          start: $0 + range.lowerBound, rows: inner, columns: range.count, stride: columns),
        into: output, stride: columns, isAdded: bias != nil)
    }
  }
}

extension Tensor {
  /// Writes the activation of the sum of this and the addend.
  fileprivate func finish(into output: UnsafeMutablePointer<Float>, _ epilogue: Epilogue) {
    let target = DisjointlyWritten(start: output)
    let addend = epilogue.addend.map(SharedInput.init)
    let activation = epilogue.activation.kernel
    withPointer { product in
      let product = SharedInput(start: product)
      forEachBlock(of: shape.count, cost: 4) { range in
        for index in range {
          target.start[index] = product.start[index] + (addend?.start[index] ?? 0)
        }
        kernels().pointee.activate(
          target.start + range.lowerBound, target.start + range.lowerBound, range.count,
          activation)
      }
    }
  }
}
