import ArgumentParser

/// Whether a run is traced.
struct TraceOptions: ParsableArguments {
  @Option(
    name: .customLong("trace"),
    help: ArgumentHelp(
      "Record what ran when, down to single kernels, for ui.perfetto.dev or chrome://tracing.",
      discussion: "Written also when the run fails or is interrupted.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var file: String?

  /// Does `body` and writes the trace, however that ends. Where the trace cannot be written, that is
  /// said, and ends the program with 3 unless something else ends it.
  func recording<Result>(_ body: (TraceRecorder?) throws -> Result) throws -> Result {
    guard let file else { return try body(nil) }
    let recorder = TraceRecorder()
    let result = Swift.Result { try body(recorder) }
    let written = Swift.Result { try failing(with: 3) { try recorder.write(to: file) } }
    let success = try result.get()
    try written.get()
    return success
  }
}
