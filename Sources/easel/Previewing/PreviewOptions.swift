import ArgumentParser

/// Whether a run shows what it is making.
struct PreviewOptions: ParsableArguments {
  @Flag(
    name: .customLong("preview"),
    help: ArgumentHelp(
      "Show what is being sampled: rough small pictures named NODE.preview.png beside the outputs.",
      discussion: "Removed when the run ends well."))
  var isWanted = false
  @Option(
    name: .customLong("preview-every"),
    help: ArgumentHelp("A preview every so many steps (and --preview).", valueName: "steps"))
  var interval: Int?

  func validate() throws {
    if let interval, interval < 1 { throw ValidationError("--preview-every must be at least 1") }
  }

  /// What writes previews into a folder; nil where nobody wants them.
  func writer(folder: String) -> PreviewWriter? {
    isWanted || interval != nil ? PreviewWriter(folder: folder, interval: interval ?? 5) : nil
  }
}
