import Diffusion
import Engine
import Graph

/// A part of an open model. Weights are mapped from its files and shared, so that the handle itself holds nothing.
protocol ModelValue: PortValue {
  static var handle: PortType.Handle { get }
}

extension ModelValue {
  /// The type of a port for it, before anything is inferred.
  public static var portType: PortType { .handle(handle, .variable("F")) }
  /// Handles are not stored.
  public static var storage: PortStorage<Self>? { nil }
  /// Nothing of its own.
  public var byteCount: Int { 0 }
}

extension DiffusionModel: ModelValue {
  static var handle: PortType.Handle { .model }
}

extension TextEncoders: ModelValue {
  static var handle: PortType.Handle { .textEncoder }
}

extension ControlNetModel: ModelValue {
  static var handle: PortType.Handle { .controlnet }
}

extension Autoencoder: ModelValue {
  static var handle: PortType.Handle { .vae }

  /// About what either direction takes at most beside the weights, in bytes, for a picture of this size; 0 where the
  /// network cannot be opened.
  func peakBytes(width: Int, height: Int) -> Int {
    (try? vae().peakBytes(width: width, height: height)) ?? 0
  }
}

extension Upscaler: ModelValue {
  static var handle: PortType.Handle { .upscaler }
  /// Upscalers are for pictures, of whatever family of models.
  public static var portType: PortType { .handle(.upscaler, nil) }
}

extension Family {
  /// The family that a model's files tell.
  init(_ family: ModelFamily) {
    self =
      switch family {
      case .sd1: .sd1
      case .sd2: .sd2
      case .sdxl: .sdxl
      }
  }
}
