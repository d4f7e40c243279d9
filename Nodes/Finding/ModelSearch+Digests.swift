import Diffusion
import Engine

extension ModelSearch {
  /// The first model whose digest begins with these hexadecimal digits. What is remembered is asked first; then
  /// the files that nobody has read are read, one after the other. Throws `ModelLookupError`, `UnreadableYAML`,
  /// `CancellationError`.
  func pick(_ written: String, _ kind: ModelKind?) throws -> FoundModel {
    let prefix = written.lowercased()
    guard (8...64).contains(prefix.count), prefix.allSatisfy(\.isHexDigit) else {
      throw ModelLookupError.malformedDigest(written)
    }
    let models = try models().filter { !$0.isPickle && Self.serves($0, kind) }
    let digests = digests()
    let remembered = models.map { ($0, digests.remembered(of: $0.path)) }
    if let model = try Self.only(remembered, beginningWith: prefix) { return model }
    let unread = remembered.filter { $0.1 == nil }.map(\.0)
    if hashes {
      defer { try? digests.save() }
      for model in unread where try Self.digest(of: model, digests)?.hasPrefix(prefix) == true {
        return model
      }
    }
    throw ModelLookupError.noDigest(
      prefix: prefix, kind: kind, places: places, unread: hashes ? 0 : unread.count)
  }

  /// Several files with the same content are one model.
  private static func only(
    _ models: [(FoundModel, Hash256?)], beginningWith prefix: String
  ) throws(ModelLookupError) -> FoundModel? {
    let matches = models.filter { $0.1?.description.hasPrefix(prefix) == true }
    let contents = Set(matches.compactMap(\.1).map(\.description))
    guard contents.count < 2 else {
      throw .ambiguous(
        name: "sha256:" + prefix, candidates: contents.sorted().map { "sha256:" + $0 })
    }
    return matches.first?.0
  }

  /// Nil for a file that cannot be read: another may be the one that is looked for.
  private static func digest(of model: FoundModel, _ digests: FileDigests) throws -> String? {
    do {
      return try digests.digest(of: model.path).description
    } catch is UnreadableFile {
      return nil
    }
  }
}
