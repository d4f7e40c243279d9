import Foundation

/// A small graph with everything between a prompt and a picture, in a folder of its own.
struct SmallGraph {
  var program: Program
  var file: URL { program.folder.appending(path: "small.yaml") }

  /// Writes the graph; `edit` changes its text.
  init(in program: Program, edit: (inout String) -> Void = { _ in }) throws {
    self.program = program
    try write(edit)
  }

  func write(_ edit: (inout String) -> Void = { _ in }) throws {
    var text = Self.text
    edit(&text)
    try Data(text.utf8).write(to: file)
  }

  /// Runs the graph and gives what happened to its nodes, in alphabetical order: `run sample`,
  /// `load checkpoint`, `cached picture`.
  func log(_ settings: [String] = []) throws -> [String] {
    let arguments =
      ["run", file.path, "--json", "--out", "out"] + settings.flatMap { ["--set", $0] }
    let result = try program.easel(arguments)
    guard result.status == 0 else { throw Failed(errors: result.errors) }
    return try result.events().compactMap { event in
      guard let node = event["node"] as? String else { return nil }
      switch event["event"] as? String {
      case "finished": return "run \(node)"
      case "loaded": return "load \(node)"
      case "cached": return "cached \(node)"
      default: return nil
      }
    }
    .sorted()
  }

  struct Failed: Error {
    var errors: String
  }

  /// The picture that the last run left.
  func picture() throws -> Data {
    try Data(contentsOf: program.folder.appending(path: "out/image.png"))
  }

  /// Two checkpoints, so that the autoencoder can be another one than the UNet's.
  static let text = """
    easel: 1
    inputs:
      prompt: a smiling person
      negative: a sad person
      steps: { type: int, default: 3 }
      width: { type: int, default: 48 }
      painter: { type: path, default: default }
      eye: { type: path, default: default }
    nodes:
      checkpoint: { uses: load-checkpoint, model: "${painter}" }
      lens: { uses: load-checkpoint, model: "${eye}" }
      positive: { uses: encode-text, encoder: "${checkpoint.encoder}", text: "${prompt}" }
      unwanted: { uses: encode-text, encoder: "${checkpoint.encoder}", text: "${negative}" }
      canvas: { uses: empty-latent, width: 64, height: 64 }
      sample:
        uses: sample
        model: ${checkpoint.model}
        positive: ${positive}
        negative: ${unwanted}
        latent: ${canvas}
        steps: ${steps}
      picture: { uses: decode-latent, vae: "${lens.vae}", latent: "${sample}" }
      small: { uses: resize-image, image: "${picture}", width: "${width}", height: 48 }
    outputs:
      image: ${small}

    """
}
