import FoundationEssentials

extension CLIPTokenizer {
  /// Reads a tokenizer's folder: `vocab.json` and `merges.txt`, or else `tokenizer.json`.
  /// - Parameter positions: how many tokens the encoder has room for.
  init(folder: String, positions: Int) throws {
    let vocabulary = try TokenizerVocabulary(folder: folder)
    let settings = try TokenizerSettings(folder: folder)
    start = try vocabulary.token(settings.start.content)
    end = try vocabulary.token(settings.end.content)
    padding = try vocabulary.token(settings.padding.content)
    length = min(settings.length, positions)
    encoder = try vocabulary.encoder(unknown: vocabulary.token(settings.unknown.content))
    special = SpecialTokens(
      try settings.special.map { entry in
        SpecialTokens.Entry(
          content: Array(entry.content.unicodeScalars), token: try vocabulary.token(entry.content),
          isNormalized: entry.isNormalized)
      })
  }
}

/// The entries and the merges of a tokenizer, and the file they come from.
struct TokenizerVocabulary {
  let path: String
  private let entries: [String: Int]
  private let merges: [(String, String)]

  init(folder: String) throws {
    let whole = "\(folder)/tokenizer.json"
    if !fileExists("\(folder)/vocab.json"), fileExists(whole) {
      try self.init(whole: whole)
    } else {
      try self.init(vocabulary: "\(folder)/vocab.json", merges: "\(folder)/merges.txt")
    }
  }

  private init(vocabulary path: String, merges: String) throws {
    self.path = path
    entries = try Self.entries(path)
    self.merges = try Self.merges(merges)
  }

  /// The pairs of a `merges.txt`.
  static func merges(_ path: String) throws -> [(String, String)] {
    // By bytes: the vocabulary of CLIP has fifty thousand merges.
    let lines = try readFile(path, hint: hint).split { $0 == 0x0A || $0 == 0x0D }
    return try lines.map { String(decoding: $0, as: UTF8.self) }
      .filter { !$0.hasPrefix("#version") }.map { try merge($0, path) }
  }

  /// transformers 5 writes one file in the place of the two.
  private init(whole path: String) throws {
    self.path = path
    let model = try ConfigurationFile(path: path, hint: Self.hint)["model"]?.object ?? [:]
    entries = (model["vocab"]?.object ?? [:]).compactMapValues(\.integer)
    merges = try (model["merges"]?.list ?? []).map { merge in
      let pair = merge.list?.compactMap(\.text).joined(separator: " ") ?? merge.text ?? ""
      return try Self.merge(pair, path)
    }
  }

  func token(_ entry: String) throws -> Int {
    guard let token = entries[entry] else {
      throw CheckpointError.malformed(path: path, reason: "it has no entry for `\(entry)`")
    }
    return token
  }

  func encoder(unknown: Int) throws -> BytePairEncoder {
    do {
      return try BytePairEncoder(vocabulary: entries, merges: merges, unknown: unknown)
    } catch {
      throw CheckpointError.malformed(
        path: path, reason: "a merge needs `\(error.entry)`, which it has no entry for")
    }
  }

  private static func entries(_ path: String) throws -> [String: Int] {
    let data = try readFile(path, hint: hint)
    do {
      return try JSONDecoder().decode([String: Int].self, from: data)
    } catch {
      throw CheckpointError.malformed(path: path, reason: "it does not give each entry its number")
    }
  }

  private static func merge(_ line: String, _ path: String) throws -> (String, String) {
    let parts = line.utf8.split(separator: UInt8(ascii: " "))
    guard parts.count == 2 else {
      throw CheckpointError.malformed(path: path, reason: "`\(line)` is not a pair of entries")
    }
    return (String(Substring(parts[0])), String(Substring(parts[1])))
  }

  private static let hint = "every tokenizer's folder has it"
}

/// Which entries are special, from `special_tokens_map.json` and `tokenizer_config.json`.
private struct TokenizerSettings {
  struct Special {
    let content: String
    let isNormalized: Bool
  }

  let start, end, unknown, padding: Special
  let length: Int

  init(folder: String) throws {
    let map = "\(folder)/special_tokens_map.json"
    let config = "\(folder)/tokenizer_config.json"
    let files = try [map, config].filter(fileExists).map { try ConfigurationFile(path: $0) }
    func special(_ key: String, _ fallback: String) -> Special {
      files.lazy.compactMap { $0[key].flatMap(Special.init) }.first
        ?? Special(content: fallback, isNormalized: false)
    }
    start = special("bos_token", "<|startoftext|>")
    end = special("eos_token", "<|endoftext|>")
    unknown = special("unk_token", "<|endoftext|>")
    padding = special("pad_token", "<|endoftext|>")
    // Where there is no limit, transformers writes 1e30.
    let limit = files.lazy.compactMap { $0["model_max_length"]?.number }.first ?? 77
    length = Int(min(max(limit, 2), Double(ConfigurationFile.widest)))
  }

  /// Each once; where two roles share an entry, the later one says how it is looked for.
  var special: [Special] {
    [start, end, unknown, padding].reduce(into: []) { list, entry in
      list.removeAll { $0.content == entry.content }
      list.append(entry)
    }
  }
}

extension TokenizerSettings.Special {
  /// A text, or an object with its `content`.
  fileprivate init?(_ value: JSONValue) {
    guard let content = value.text ?? value.object?["content"]?.text else { return nil }
    self.init(content: content, isNormalized: value.object?["normalized"]?.flag ?? false)
  }
}
