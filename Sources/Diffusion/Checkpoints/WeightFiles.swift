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
  /// Whole before sharded, full precision before the variant `fp16`, and that before others.
  init(in folder: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    for stem in ["diffusion_pytorch_model", "model"] {
      for variant in ["", ".fp16"] + Self.variants(of: stem, in: names) {
        let file = "\(folder)/\(stem)\(variant).safetensors"
        if fileExists(file) {
          self.init(name: file, paths: [file])
          return
        }
        let index = "\(folder)/\(stem).safetensors.index\(variant).json"
        if fileExists(index) {
          try self.init(index: index, folder: folder)
          return
        }
      }
    }
    throw CheckpointError.missing(
      path: "\(folder)/*.safetensors",
      hint: names.contains(where: ModelFileFormat.hasNameOfPickle)
        ? "only safetensors are read, never pickles: convert the weights that are there"
        : "the weights of this part are missing")
  }

  /// The variants that the names of files tell: `.non_ema` of `model.non_ema.safetensors`.
  private static func variants(of stem: String, in names: [String]) -> [String] {
    names.compactMap { name in
      for (start, end) in [("\(stem).", ".safetensors"), ("\(stem).safetensors.index.", ".json")]
      where name.hasPrefix(start) && name.hasSuffix(end) && name.count > start.count + end.count {
        let variant = name.dropFirst(start.count).dropLast(end.count)
        if !variant.contains("-of-"), !variant.hasPrefix("safetensors") { return ".\(variant)" }
      }
      return nil
    }
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
}
