import Tensor

/// A ControlNet in a file or a folder. Its weights are read when they are first asked for.
public struct ControlNetModel: Sendable {
  /// The models that it was made for.
  public let family: ModelFamily
  let check: ResultCheck
  private let loaded: Lazy<Result<ControlNet, any Error>>

  init(_ source: PartSource<ControlNet>) {
    family = ModelFamily(of: source.configuration.trunk)
    check = source.check
    loaded = Lazy { Result { try source.load() } }
  }

  /// The network.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func network() throws -> ControlNet { try loaded.value.get() }
}

extension ControlNetModel {
  /// Opens a ControlNet: a folder in diffusers' layout, or a safetensors file in that or the original one.
  /// - Throws: `CheckpointError` or `SafetensorsError` where it is missing, broken, or something else.
  public init(opening path: String) throws {
    let source = try isFile(path) ? Self.file(path) : Self.folder(path)
    try source.build().archive.verify()
    self.init(source)
  }

  private static func file(_ path: String) throws -> PartSource<ControlNet> {
    let file = try CheckpointFile(path: path)
    guard let source = try file.controlNetSource() else {
      throw CheckpointError.otherKind(path: path, expected: "a ControlNet", found: file.kind)
    }
    return source
  }

  private static func folder(_ path: String) throws -> PartSource<ControlNet> {
    let part = PartFolder(at: path, named: "controlnet")
    try part.requireKind(.controlnet, called: "a ControlNet")
    return try part.source()
  }
}
