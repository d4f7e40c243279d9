import ArgumentParser
import Diffusion
import Engine
import Nodes

/// Lists the models that graphs can name.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists the models that graphs can name.",
    discussion: """
      Models are looked for in the folders that $EASEL_MODELS names, with `:` between them, and in the Hugging Face \
      cache. A folder may have models side by side, or be laid out as ComfyUI's; its `extra_model_paths.yaml` is \
      followed too. The name is what a graph says: `model: NAME`.

      The digest is the beginning of the SHA-256, which a graph can say in place of the name: `model: \
      sha256:DIGITS`, with eight digits or more. `-` stands for what has not been read yet; --hash reads it, once.

      Exit code 0: listed. 1: a model or an `extra_model_paths.yaml` cannot be read.
      """)

  @Option(help: "The kind of models to list.")
  var kind: ModelKind?
  @Flag(help: "Read the models whose digests are not known, which takes as long as the disk needs.")
  var hash = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: FormatOptions

  func run() throws {
    let digests = store.store.digests(progress: HashingProgress.show)
    let lines = try failing(with: 1) {
      defer { try? digests.save() }
      return try ModelListing.models(kind).map { model in
        let digest = digests.remembered(of: model.path)
        return ModelListing.Line(model, digest: try digest ?? read(model, digests))
      }
    }
    for folder in ModelLocation.search.missingFolders {
      printError("note: \(folder), which EASEL_MODELS names, is not there")
    }
    try show(lines)
    if hash, lines.contains(where: { $0.sha256 == nil }) { throw ExitCode(1) }
  }

  /// The digest of a model that is not known; nil where it is not asked for or cannot be had, which is said.
  private func read(_ model: ModelListing.Model, _ digests: FileDigests) throws -> Hash256? {
    guard hash else { return nil }
    do {
      return try digests.digest(of: model.path)
    } catch let error as UnreadableFile {
      printError("error: \(error.path): cannot be read: \(error.reason)")
      return nil
    }
  }

  private func show(_ lines: [ModelListing.Line]) throws {
    switch output.format {
    case .json: for line in lines { try printJSON(line) }
    case .text: print(ModelListing.table(of: lines))
    }
  }
}

extension ModelKind: ExpressibleByArgument {}
