import CKernels

@testable import Tensor

/// A product of 8-bit integers by one table's kernels.
struct Int8Product {
  let table: KernelTable
  /// `[O, I]`
  let weight: Tensor

  /// `[rows, I]` to `[rows, O]`
  func callAsFunction(_ x: Tensor) -> Tensor {
    let (rows, inner, columns) = (x.shape[0], weight.shape[1], weight.shape[0])
    let panels = packed()
    var quantised = [UInt8](repeating: 0xff, count: rows * table.quantised_row_size(inner))
    var scratch = [Float](repeating: .nan, count: table.int8_gemm_scratch(rows, inner))
    return Tensor([rows, columns]) { output in
      guard let target = output.baseAddress else { return }
      x.withPointer { input in
        table.quantise_rows(input, rows, inner, &quantised)
        quantised.withUnsafeBytes { quantised in
          panels.withUnsafeBytes { panels in
            guard let panelStart = panels.baseAddress, let rowStart = quantised.baseAddress else {
              return
            }
            let gemm = Gemm(
              input: input, input_stride: inner, panels: panelStart, storage: KERNEL_INT8,
              inner: inner, columns: columns, bias: nil, addend: nil, addend_stride: columns,
              output: target, output_stride: columns, activation: KERNEL_IDENTITY, gated: false)
            var product = Int8Gemm(gemm: gemm, rows: rowStart)
            table.int8_gemm(&product, 0, rows, 0, panelCount, &scratch)
          }
        }
      }
    }
  }

  private var panelCount: Int { (weight.shape[0] + table.panel_width - 1) / table.panel_width }

  private func packed() -> [Float] {
    let (outputs, inner) = (weight.shape[0], weight.shape[1])
    let size = table.int8_panel_size(inner)
    var panels = [Float](repeating: 0, count: panelCount * size / MemoryLayout<Float>.size)
    panels.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      weight.withPointer { weight in
        for panel in 0..<panelCount {
          let first = panel * table.panel_width
          table.pack_int8(
            weight + first * inner, min(table.panel_width, outputs - first), inner,
            start + panel * size, 0)
        }
      }
    }
    return panels
  }

  /// The sums of products of rows that are integers already.
  static func sums(_ x: Tensor, _ weight: Tensor) -> [Int] {
    let inner = weight.shape[1]
    let (a, b) = (x.elements.map { Int($0) }, weight.elements.map { Int($0) })
    return (0..<x.shape[0]).flatMap { row in
      (0..<weight.shape[0]).map { output in
        (0..<inner).reduce(0) { $0 + a[row * inner + $1] * b[output * inner + $1] }
      }
    }
  }

  /// The definition: rows and weights rounded to 127 steps, their product scaled back.
  static func reference(_ x: Tensor, _ weight: Tensor) -> [Double] {
    let (rows, rowScales) = quantised(x)
    let (outputs, outputScales) = quantised(weight)
    let columns = weight.shape[0]
    return sums(rows, outputs).enumerated().map { index, sum in
      Double(sum) * rowScales[index / columns] * outputScales[index % columns]
    }
  }

  private static func quantised(_ x: Tensor) -> (integers: Tensor, scales: [Double]) {
    let inner = x.shape[-1]
    let elements = x.elements
    let largest = (0..<x.shape[0]).map { row in
      elements[row * inner..<(row + 1) * inner].reduce(0) { max($0, abs($1)) }
    }
    let integers = elements.enumerated().map { index, value in
      (value * (127 / largest[index / inner])).rounded(.toNearestOrEven)
    }
    return (Tensor(x.shape, integers), largest.map { Double($0) / 127 })
  }
}
