import ArgumentParser
import Diffusion
import Nodes
import Tensor

/// Says what a model is.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Says what a model is: family, parts, tensors, what is missing or left over.",
    discussion: """
      A model is a folder in the diffusers layout or a safetensors file: a whole checkpoint, a part of one, or
      something else that is used with them, which is named. Only configurations and headers are read, so that it \
      takes no longer for a large model. Pickles (.ckpt, .pt, .bin) are refused.

      Exit code 0: the model is whole. 1: something is missing or wrong.
      """)

  @Argument(
    help: """
      `default` for the model that comes with Easel, the path of a folder or of a safetensors file, or a name in `easel \
      models`.
      """,
    completion: .file(extensions: ["safetensors"]))
  var model: String
  @OptionGroup var output: FormatOptions

  func run() throws {
    let description = try failing(with: 1) {
      try CheckpointDescription(of: ModelLocation.of(nil)(model, ""))
    }
    let report = ModelReport(description)
    switch output.format {
    case .text: print(report.text)
    case .json: try printJSON(report)
    }
    if !report.isWhole { throw ExitCode(1) }
  }
}
