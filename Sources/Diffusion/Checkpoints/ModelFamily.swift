/// The families of models that share an architecture, and so adapters and ControlNets.
public enum ModelFamily: String, Sendable, CaseIterable {
  case sd1, sd2, sdxl
}

extension ModelFamily {
  /// The width of a prompt's tokens tells: 768 for CLIP-L, 1024 for OpenCLIP-H, 2048 for CLIP-L and OpenCLIP-G side
  /// by side.
  init?(contextWidth: Int) {
    switch contextWidth {
    case 768: self = .sd1
    case 1024: self = .sd2
    case 2048: self = .sdxl
    default: return nil
    }
  }

  /// Recognised by structure, so that small models are too: only SDXL adds a pooled text embedding
  /// to the time, and only SD 1.x projects into its transformers by convolutions.
  init(of unet: UNetConfiguration) {
    if unet.added != nil {
      self = .sdxl
    } else {
      self = unet.usesLinearProjection || unet.contextWidth == 1024 ? .sd2 : .sd1
    }
  }
}
