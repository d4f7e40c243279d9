import Tensor

extension BenchmarkUnit {
  /// The kernels, at the sizes that SD 1.5, SDXL, their text encoders and their autoencoder have.
  static let kernels: [BenchmarkUnit] = linears + int8Linears + convolutions + attentions + passes

  private static let linears = [
    (8192, 320, 320), (8192, 320, 2560), (8192, 1280, 320), (2048, 640, 640), (2048, 640, 5120),
    (2048, 2560, 640), (512, 1280, 1280), (512, 1280, 10_240), (512, 5120, 1280),
    (4096, 640, 640), (4096, 640, 5120), (4096, 2560, 640), (1024, 1280, 1280),
    (1024, 1280, 10_240), (1024, 5120, 1280), (77, 768, 768), (77, 768, 3072), (77, 3072, 768),
    (77, 1280, 1280), (77, 1280, 5120), (77, 5120, 1280), (154, 768, 320), (77, 2048, 1280),
  ].map { linear($0, $1, $2, precision: .full) }

  private static let int8Linears = [
    (8192, 320, 320), (8192, 320, 2560), (8192, 1280, 320), (2048, 640, 5120), (512, 1280, 1280),
    (512, 1280, 10_240), (512, 5120, 1280), (4096, 640, 5120), (1024, 1280, 1280),
    (1024, 1280, 10_240), (1024, 5120, 1280),
  ].map { linear($0, $1, $2, precision: .int8) }

  private static func linear(
    _ rows: Int, _ inputs: Int, _ outputs: Int, precision: LinearPrecision
  ) -> BenchmarkUnit {
    BenchmarkUnit(
      name: "linear-\(rows)x\(inputs)x\(outputs)" + (precision == .full ? "" : "-\(precision)"),
      group: .kernel,
      work: LinearWork(
        rows: rows, inputWidth: inputs, outputWidth: outputs, precision: precision))
  }

  private static let convolutions = [
    (2, 64, 320, 320, 1), (2, 64, 640, 320, 1), (2, 64, 960, 320, 1), (2, 32, 640, 640, 1),
    (2, 32, 1280, 640, 1), (2, 16, 1280, 1280, 1), (2, 16, 2560, 1280, 1), (2, 8, 1280, 1280, 1),
    (2, 8, 2560, 1280, 1), (1, 128, 320, 320, 1), (1, 64, 640, 640, 1), (1, 32, 1280, 1280, 1),
    (1, 64, 512, 512, 1), (1, 128, 512, 512, 1), (1, 256, 512, 512, 1), (1, 256, 256, 256, 1),
    (1, 512, 128, 128, 1), (2, 64, 320, 320, 2), (2, 32, 640, 640, 2), (2, 64, 4, 320, 1),
    (2, 64, 320, 4, 1), (1, 512, 3, 128, 1), (1, 512, 128, 3, 1),
  ].map { batch, side, inputs, outputs, stride in
    BenchmarkUnit(
      name: "conv-\(batch)x\(side)x\(side)x\(inputs)-\(outputs)"
        + (stride == 1 ? "" : "-stride\(stride)"), group: .kernel,
      work: ConvolutionWork(
        batch: batch, height: side, width: side, inputChannels: inputs, outputChannels: outputs,
        stride: stride))
  }

  /// Named by all heads, the queries, the keys where they are others, and the width of a head.
  private static let attentions =
    [
      (2, 8, 4096, 4096, 40), (2, 8, 1024, 1024, 80), (2, 8, 256, 256, 160), (2, 8, 4096, 77, 40),
      (2, 8, 1024, 77, 80), (2, 8, 256, 77, 160), (1, 10, 4096, 4096, 64), (1, 20, 1024, 1024, 64),
      (1, 10, 4096, 77, 64), (1, 20, 1024, 77, 64), (1, 1, 4096, 4096, 512),
    ].map { batch, heads, queries, keys, headWidth in
      BenchmarkUnit(
        name: "attention-\(batch * heads)x\(queries)" + (keys == queries ? "" : "x\(keys)")
          + "x\(headWidth)", group: .kernel,
        work: AttentionWork(
          batch: batch, heads: heads, queries: queries, keys: keys, headWidth: headWidth))
    } + [
      BenchmarkUnit(
        name: "attention-12x77x64-causal", group: .kernel,
        work: AttentionWork(
          batch: 1, heads: 12, queries: 77, keys: 77, headWidth: 64, isCausal: true))
    ]

  private static let passes =
    ([
      ("group-norm", .groupNorm, [2, 64, 64, 320]), ("group-norm", .groupNorm, [2, 32, 32, 1280]),
      ("group-norm", .groupNorm, [1, 512, 512, 128]), ("layer-norm", .layerNorm, [8192, 320]),
      ("layer-norm", .layerNorm, [1024, 1280]), ("geglu", .gatedGELU, [8192, 2560]),
      ("geglu", .gatedGELU, [1024, 10_240]),
    ] as [(String, PassWork.Kind, Shape)]).map { name, kind, shape in
      BenchmarkUnit(
        name: "\(name)-" + shape.sizes.map(String.init).joined(separator: "x"), group: .kernel,
        work: PassWork(kind: kind, shape: shape))
    }
}
