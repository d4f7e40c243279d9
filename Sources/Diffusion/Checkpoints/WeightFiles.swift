import FoundationEssentials

/// The safetensors files that hold one part's weights.
struct WeightFiles: Equatable {
  /// The one file, or the index of several: what messages name.
  let name: String
  /// The files themselves, in order.
  let paths: [String]
}

extension WeightFiles {
  /// Finds the files of a part: diffusers calls them `diffusion_pytorch_model`, transformers `model`.
  /// Whole before sharded, full precision before the `fp16` variant.
  init(in folder: String) throws {
    for stem in ["diffusion_pytorch_model", "model"] {
      for (single, index) in [
        ("\(stem).safetensors", "\(stem).safetensors.index.json"),
        ("\(stem).fp16.safetensors", "\(stem).safetensors.index.fp16.json"),
      ] {
        let file = "\(folder)/\(single)"
        if fileExists(file) {
          self.init(name: file, paths: [file])
          return
        }
        if fileExists("\(folder)/\(index)") {
          try self.init(index: "\(folder)/\(index)", folder: folder)
          return
        }
      }
    }
    throw CheckpointError.missing(path: "\(folder)/*.safetensors", hint: Self.hint(for: folder))
  }

  private init(index: String, folder: String) throws {
    let map = try ConfigurationFile(path: index)["weight_map"]?.object ?? [:]
    let shards = Set(map.values.compactMap(\.text)).sorted()
    guard !shards.isEmpty else {
      throw CheckpointError.malformed(path: index, reason: "its `weight_map` names no file")
    }
    for shard in shards where shard.contains("/") {
      throw CheckpointError.malformed(path: index, reason: "`\(shard)` is not a file beside it")
    }
    for shard in shards where !fileExists("\(folder)/\(shard)") {
      throw CheckpointError.missing(
        path: "\(folder)/\(shard)", hint: "\(index) names it: download the checkpoint again")
    }
    self.init(name: index, paths: shards.map { "\(folder)/\($0)" })
  }

  private static func hint(for folder: String) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { $0.hasSuffix(".bin") || $0.hasSuffix(".ckpt") }
      ? "only safetensors are read: convert the weights that are there"
      : "the weights of this part are missing"
  }
}
