import CKernels

/// What products with panels have in common, whatever the panels' elements are: how many columns come out, and
/// how they are finished.
struct PanelProduct: Sendable {
  let panels: PackedPanels
  /// The columns of the product.
  let columns: Int
  /// A value for each column of each panel.
  let bias: Tensor?
  private let isGated: Bool

  /// - Parameters:
  ///   - panels: as `packing` packs them.
  ///   - bias: `[O]`, or nil for none.
  init(_ packing: PanelPacking, _ panels: PackedPanels, bias: Tensor?) {
    self.panels = panels
    columns = packing.isGated ? packing.outputs / 2 : packing.outputs
    self.bias = bias.map(packing.bias)
    isGated = packing.isGated
  }

  /// Describes the product of `[rows, inner]` to the kernels, for the time of `body`.
  func withDescription(
    _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ epilogue: Epilogue,
    _ body: (Gemm) -> Void
  ) {
    withExtendedLifetime((panels, bias)) {
      body(
        Gemm(
          input: input, input_stride: panels.inner, panels: panels.start, storage: panels.storage,
          inner: panels.inner, columns: columns, bias: bias?.withPointer { $0 },
          addend: epilogue.addend, addend_stride: columns, output: output, output_stride: columns,
          activation: epilogue.activation.kernel, gated: isGated))
    }
  }
}
