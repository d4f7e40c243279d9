/// Where a model's tokenizer comes from.
enum TokenizerSource: Sendable {
  /// A folder beside the model's parts.
  case folder(String)
  /// The one of all published models, for files that carry none.
  case published(padsWithZero: Bool)

  /// - Parameter positions: how many tokens the encoder has room for.
  func load(positions: Int) throws -> CLIPTokenizer {
    switch self {
    case .folder(let folder): try CLIPTokenizer(folder: folder, positions: positions)
    case .published(let padsWithZero): try .published(padsWithZero: padsWithZero)
    }
  }

  /// What messages name.
  var name: String {
    switch self {
    case .folder(let folder): folder
    case .published: "CLIP's vocabulary"
    }
  }
}
