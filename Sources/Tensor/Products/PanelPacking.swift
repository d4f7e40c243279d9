import CKernels

/// How a weight `[O, I, taps]` becomes panels: as a matrix `[taps * I, O]`, the taps outermost.
///
/// A gated weight holds the values' outputs and then the gates'. Each of its panels takes half its columns
/// from the ones and half from the others, so that a kernel has both at hand.
struct PanelPacking {
  let weight: StoredElements
  let outputs: Int
  let inputs: Int
  let taps: Int
  let isGated: Bool

  /// - Parameter weight: `[O, I, ...]`.
  init(_ weight: StoredElements, isGated: Bool = false) {
    let isReadable = weight.dtype.storage != nil
    self.weight = isReadable ? weight : StoredElements(weight.read())
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    taps = weight.shape.sizes.dropFirst(2).reduce(1, *)
    self.isGated = isGated
  }

  private var width: Int { kernels().pointee.panel_width }
  private var half: Int { width / 2 }
  var panelCount: Int {
    isGated ? (outputs / 2 + half - 1) / half : (outputs + width - 1) / width
  }

  func panels() -> PackedPanels {
    PackedPanels(
      inner: taps * inputs, count: panelCount, storage: weight.dtype.storage ?? KERNEL_F32,
      pack: pack)
  }

  /// A value for each column of each panel, zero where there is no column.
  func bias(_ bias: Tensor) -> Tensor {
    Tensor([panelCount * width]) { packed in
      packed.initialize(repeating: 0)
      bias.withElements { bias in
        for panel in 0..<panelCount {
          for (column, outputs) in parts(ofPanel: panel) {
            for (place, output) in outputs.enumerated() {
              packed[panel * width + column + place] = bias[output]
            }
          }
        }
      }
    }
  }

  /// Which outputs stand in a panel, from which column on.
  func parts(ofPanel panel: Int) -> [(column: Int, outputs: Range<Int>)] {
    guard isGated else {
      return [(0, panel * width..<min((panel + 1) * width, outputs))]
    }
    let values = panel * half..<min((panel + 1) * half, outputs / 2)
    return [
      (0, values), (half, values.lowerBound + outputs / 2..<values.upperBound + outputs / 2),
    ]
  }

  private func pack(panel: Int, into target: UnsafeMutableRawPointer) {
    guard let source = weight.bytes.baseAddress else { return }
    let size = weight.dtype.byteCount
    let packPanel = size == 4 ? kernels().pointee.pack_panel_32 : kernels().pointee.pack_panel_16
    for (column, outputs) in parts(ofPanel: panel) {
      for tap in 0..<taps {
        packPanel(
          source + (outputs.lowerBound * inputs * taps + tap) * size, inputs * taps, taps,
          outputs.count, inputs, target + (tap * inputs * width + column) * size)
      }
    }
  }
}
