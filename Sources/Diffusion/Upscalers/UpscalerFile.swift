import Tensor

/// A file that holds an upscaler.
struct UpscalerFile: Sendable {
  private enum Network: Sendable {
    case residualDense(ResidualDenseKeys)
    case compact
  }

  let path: String
  private let file: SafetensorsFile
  private let prefix: String
  private let network: Network

  /// - Throws: `SafetensorsError` or `CheckpointError` where the file is broken or holds something else.
  init(at path: String) throws {
    try ModelFileFormat.refusePickle(path)
    guard !isFolder(path) else { throw Self.otherKind(path) }
    let file = try SafetensorsFile(path: path)
    let found = Self.prefixes.lazy.compactMap { prefix in
      Self.network(in: file, behind: prefix).map { (prefix: prefix, network: $0) }
    }.first
    guard let found else { throw Self.otherKind(path) }
    self.path = path
    self.file = file
    (prefix, network) = found
  }

  /// What programs put before all keys; averaged weights before those of the last step.
  private static let prefixes = ["", "params_ema.", "params.", "module."]

  private static func network(in file: SafetensorsFile, behind prefix: String) -> Network? {
    let keys = Set(
      file.header.tensors.keys.filter { $0.hasPrefix(prefix) }.map {
        String($0.dropFirst(prefix.count))
      })
    if let table = ResidualDenseKeys(keys) { return .residualDense(table) }
    return keys.isSuperset(of: ["body.0.weight", "body.1.weight", "body.2.weight"])
      ? .compact : nil
  }

  private static func otherKind(_ path: String) -> CheckpointError {
    .otherKind(path: path, expected: "an upscaler", found: ModelFacts(of: path).kind)
  }

  /// The network. Throws `CheckpointError` where a tensor is missing or of another shape.
  func load() throws -> any UpscalerNetwork {
    let (network, archive) = try build()
    try archive.verify()
    return network
  }

  /// Looks through all weights for what made a result no number. Throws `CheckpointError`.
  func verifyFinite() throws {
    let keys = try build().archive.notFinite
    guard keys.isEmpty else { throw CheckpointError.notFinite(path: path, keys: keys) }
  }

  private func build() throws -> (network: any UpscalerNetwork, archive: WeightArchive) {
    let files = WeightFiles(name: path, paths: [path])
    var layout = WeightLayout(prefix: prefix)
    if case .residualDense(let table) = network { layout.keys = table }
    let archive = WeightArchive(files, [file], layout)
    let weights = Weights(archive)
    switch network {
    case .compact: return (try CompactNetwork(measuring: weights), archive)
    case .residualDense:
      let configuration = try ResidualDenseConfiguration(measuring: weights)
      return (ResidualDenseNetwork(weights, configuration), archive)
    }
  }
}
