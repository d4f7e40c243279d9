import CKernels

/// A matrix in panels, for the kernels of this project.
struct PanelMatrix: Sendable {
  private let product: PanelProduct

  init(weight: StoredElements, bias: Tensor?, isGated: Bool) {
    let packing = PanelPacking(weight, isGated: isGated)
    product = PanelProduct(packing, packing.panels(), bias: bias)
  }

  var panels: PackedPanels { product.panels }
  /// The columns of the product.
  var columns: Int { product.columns }

  /// `output [rows, columns] = input [rows, inner] · matrix + bias`, in blocks on the shared pool.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue
  ) {
    let grid = PanelGrid(rows: rows, panels: panels)
    traced(.gemm, [rows, panels.inner, columns]) {
      product.withDescription(input, output, epilogue) { gemm in
        let shared = SharedGemm(gemm: gemm)
        ThreadPool.shared.forEach(grid.count) { grid[$0].multiply(shared) }
      }
    }
  }

  /// A value for each column of each panel, `[1, panels * width]`; with vectors `[N, O]` added, one row for each.
  func columnBias(plus vectors: Tensor?) -> Tensor {
    let width = panels.count * panels.width
    let samples = vectors?.shape[0] ?? 1
    return Tensor([samples, width]) { output in
      for sample in 0..<samples {
        let row = UnsafeMutableBufferPointer(
          rebasing: output[sample * width..<(sample + 1) * width])
        row.initialize(repeating: 0)
        product.bias?.withElements { _ = row.update(fromContentsOf: $0) }
        vectors?.withElements { vectors in
          for column in 0..<columns { row[column] += vectors[sample * columns + column] }
        }
      }
    }
  }

  /// The same on this thread.
  func multiplyHere(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue
  ) {
    product.withDescription(input, output, epilogue) { gemm in
      for first in stride(from: 0, to: rows, by: PanelGrid.mostRows) {
        PanelBlock(rows: first..<min(first + PanelGrid.mostRows, rows), panels: 0..<panels.count)
          .multiply(SharedGemm(gemm: gemm))
      }
    }
  }
}

/// `@unchecked Sendable`: each task writes a block of its own, and the loop ends before the memory.
private struct SharedGemm: @unchecked Sendable {
  let gemm: Gemm
}

/// How a product with a packed matrix is cut into blocks, one for a task: from the sizes alone.
struct PanelGrid {
  let rows: Int
  let panelCount: Int
  let blockRows: Int
  let blockPanels: Int

  init(rows: Int, panels: PackedPanels) {
    self.rows = rows
    panelCount = panels.count
    // Blocks of nearly equal height, for the sake of threads that wait for the last one.
    let rowBlocks = (rows + Self.mostRows - 1) / Self.mostRows
    blockRows = (rows + rowBlocks - 1) / rowBlocks
    let operations = 2 * blockRows * panels.inner * panels.width
    blockPanels = min(max(Self.operationsPerTask / max(operations, 1), 1), max(panelCount, 1))
  }

  private var rowBlocks: Int { (rows + blockRows - 1) / blockRows }
  var count: Int { rowBlocks * ((panelCount + blockPanels - 1) / blockPanels) }

  /// Blocks of the same panels follow each other, so that threads share what they read of the matrix.
  subscript(index: Int) -> PanelBlock {
    let (part, block) = index.quotientAndRemainder(dividingBy: rowBlocks)
    return PanelBlock(
      rows: block * blockRows..<min((block + 1) * blockRows, rows),
      panels: part * blockPanels..<min((part + 1) * blockPanels, panelCount))
  }

  /// With an inner axis of 1024, most of a core's second cache.
  static let mostRows = 168
  /// Some tens of microseconds of work.
  private static let operationsPerTask = 16_000_000
}

struct PanelBlock {
  let rows: Range<Int>
  let panels: Range<Int>

  fileprivate func multiply(_ shared: SharedGemm) {
    withScratch(of: Float.self, count: kernels().pointee.gemm_scratch(rows.count)) { scratch in
      withUnsafePointer(to: shared.gemm) {
        kernels().pointee.gemm(
          $0, rows.lowerBound, rows.count, panels.lowerBound, panels.count, scratch)
      }
    }
  }
}
