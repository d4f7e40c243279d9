/// Which of the published text encoders one stands for, whatever its width.
enum TextEncoderRole: Sendable {
  /// OpenAI's CLIP ViT-L/14: of SD 1.x, and the first of SDXL.
  case clipL
  /// OpenCLIP ViT-H/14, without its last layer: of SD 2.x.
  case openCLIPH
  /// OpenCLIP ViT-bigG/14, whose projected end is SDXL's pooled text: the second of SDXL.
  case openCLIPBigG

  /// - Parameters:
  ///   - width: of its states.
  ///   - prefix: where it stands in a file; empty for an encoder alone, which only its width tells.
  init(width: Int, prefix: String) {
    switch prefix {
    case "cond_stage_model.transformer.", "conditioner.embedders.0.transformer.": self = .clipL
    case "cond_stage_model.model.", "conditioner.embedders.0.model.": self = .openCLIPH
    case "conditioner.embedders.1.model.": self = .openCLIPBigG
    default: self = width < 1024 ? .clipL : width < 1280 ? .openCLIPH : .openCLIPBigG
    }
  }

  /// By what only configurations tell: OpenAI's activation, and the projection that only SDXL's second has.
  init(_ configuration: TextEncoderConfiguration) {
    self =
      configuration.activation == .quickGELU
      ? .clipL : configuration.projection == nil ? .openCLIPH : .openCLIPBigG
  }

  /// Texts are filled up with the token 0 for the encoders that OpenCLIP trained, with their end for OpenAI's.
  var padsWithZero: Bool { self != .clipL }
}

extension TextEncoderRole: CustomStringConvertible {
  /// The published encoder's name.
  var description: String {
    switch self {
    case .clipL: "a CLIP ViT-L"
    case .openCLIPH: "an OpenCLIP ViT-H"
    case .openCLIPBigG: "an OpenCLIP ViT-bigG"
    }
  }
}
