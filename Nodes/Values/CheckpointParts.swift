import Diffusion
import Engine
import Graph

/// A part of an open checkpoint, loaded when it is first used.
protocol CheckpointPart: PortValue {
  static var handle: PortType.Handle { get }
  var checkpoint: Checkpoint { get }
}

extension CheckpointPart {
  static var portType: PortType { .handle(handle, .variable("F")) }
  static var storage: PortStorage<Self>? { nil }
  /// Weights are mapped from the file and shared, so a handle itself holds nothing.
  var byteCount: Int { 0 }
}

/// The UNet with its noise schedule.
struct DiffusionModel: CheckpointPart {
  static var handle: PortType.Handle { .model }
  let checkpoint: Checkpoint
}

/// The tokenizers and text encoders.
struct TextEncoder: CheckpointPart {
  static var handle: PortType.Handle { .textEncoder }
  let checkpoint: Checkpoint
}

/// The autoencoder between pictures and latents.
struct Autoencoder: CheckpointPart {
  static var handle: PortType.Handle { .vae }
  let checkpoint: Checkpoint
}
