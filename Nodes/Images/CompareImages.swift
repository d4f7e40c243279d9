import Engine
import Graph
import Imaging

/// How much two pictures differ.
struct CompareImages: Node {
  static let name = "compare-images"
  static let version = 1
  static let about = "Says how much two pictures of one size differ."

  @Input("A picture.") var first: Image
  @Input("Another, of the same size.") var second: Image
  @Output("How far each channel of the one is from that of the other.") var difference: Image
  @Output("The peak signal-to-noise ratio in dB, at most 100.") var psnr: Double
  @Output(
    "The structural similarity of Wang et al. (2004), the mean over the channels; 1 if equal.")
  var ssim: Double

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("second", second, "first", first)
    difference = first.difference(from: second)
    psnr = first.peakSignalToNoiseRatio(to: second)
    ssim = first.structuralSimilarity(to: second)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("second", as: "first")
    ports.setExtent(of: "difference", to: ports.extent(of: "first"))
  }
}
