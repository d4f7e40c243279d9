import CKernels

/// A matrix of 8-bit integers, with a scale for each column. Rows are quantised as they come in, each with a scale of
/// its own: the largest magnitude becomes 127.
struct Int8Matrix: Sendable {
  private let product: PanelProduct
  var panels: PackedPanels { product.panels }

  /// Above, a sum might not fit into 32 bits.
  static let mostInputs = 65_536

  /// - Parameter weight: `[O, I]`, with `mostInputs` at most.
  init(weight: StoredElements, bias: Tensor?, isGated: Bool) {
    precondition(weight.shape[1] <= Self.mostInputs, "sums of \(weight.shape[1]) products")
    let packing = PanelPacking(weight, isGated: isGated)
    product = PanelProduct(packing, packing.int8Panels(), bias: bias)
  }

  /// `output [rows, columns] = input [rows, inner] · matrix + bias`, in blocks on the shared pool.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue
  ) {
    let grid = PanelGrid(rows: rows, panels: panels)
    traced(.gemm, [rows, panels.inner, product.columns]) {
      withQuantised(rows: rows) { quantised in
        quantised.fill(from: SharedInput(start: input))
        product.withDescription(input, output, epilogue) { gemm in
          let shared = SharedInt8Gemm(gemm: Int8Gemm(gemm: gemm, rows: quantised.start))
          ThreadPool.shared.forEach(grid.count) { grid[$0].multiply(shared) }
        }
      }
    }
  }

  private func withQuantised(rows: Int, _ body: (QuantisedRows) -> Void) {
    let size = kernels().pointee.quantised_row_size(panels.inner)
    withScratch(of: UInt8.self, count: rows * size) {
      body(QuantisedRows(start: $0, count: rows, columns: panels.inner, size: size))
    }
  }
}

/// Memory for rows of 8-bit integers.
///
/// `@unchecked Sendable`: each task writes rows of its own or only reads, and the loop ends before the memory.
private struct QuantisedRows: @unchecked Sendable {
  let start: UnsafeMutablePointer<UInt8>
  let count: Int
  let columns: Int
  /// The bytes of a row.
  let size: Int

  /// Quantises all rows, on the shared pool.
  func fill(from input: SharedInput) {
    forEachBlock(of: count, cost: columns) { rows in
      kernels().pointee.quantise_rows(
        input.start + rows.lowerBound * columns, rows.count, columns,
        start + rows.lowerBound * size)
    }
  }
}

/// `@unchecked Sendable`: each task writes a block of its own, and the loop ends before the memory.
private struct SharedInt8Gemm: @unchecked Sendable {
  let gemm: Int8Gemm
}

extension PanelBlock {
  fileprivate func multiply(_ shared: SharedInt8Gemm) {
    let table = kernels().pointee
    let count = table.int8_gemm_scratch(rows.count, shared.gemm.gemm.inner)
    withScratch(of: Float.self, count: count) { scratch in
      withUnsafePointer(to: shared.gemm) {
        table.int8_gemm($0, rows.lowerBound, rows.count, panels.lowerBound, panels.count, scratch)
      }
    }
  }
}

extension PanelPacking {
  /// The panels of a weight `[O, I]`, quantised.
  fileprivate func int8Panels() -> PackedPanels {
    PackedPanels(
      inner: inputs, count: panelCount, storage: KERNEL_INT8,
      panelBytes: kernels().pointee.int8_panel_size(inputs), pack: quantise)
  }

  private func quantise(panel: Int, into target: UnsafeMutableRawPointer) {
    for (column, outputs) in parts(ofPanel: panel) {
      withScratch(of: Float.self, count: outputs.count * inputs) { rows in
        let size = inputs * weight.dtype.byteCount
        weight.dtype.widen(
          UnsafeRawBufferPointer(
            rebasing: weight.bytes[outputs.lowerBound * size..<outputs.upperBound * size]),
          into: UnsafeMutableBufferPointer(start: rows, count: outputs.count * inputs))
        kernels().pointee.pack_int8(rows, outputs.count, inputs, target, column)
      }
    }
  }
}
