import Diffusion
import Tensor

/// What `easel inspect` says of a model.
struct ModelReport: Encodable {
  var path: String
  /// `checkpoint`, `unet`, `lora` and so on.
  var kind: String
  var family: String?
  var prediction: String?
  /// How the prediction was known.
  var predictionKnown: String?
  var zeroTerminalSNR: Bool?
  var inChannels: Int?
  var latentChannels: Int?
  var latentScale: Int?
  var parts: [Part]
  /// The tensors of a single file that belong to no part.
  var leftOver: [String]

  struct Part: Encodable {
    var name: String
    /// Why the part cannot be looked into.
    var error: String?
    var files: [String] = []
    var tensors = 0
    var parameters = 0
    var bytes = 0
    /// How many tensors are of each type.
    var types: [String: Int] = [:]
    /// What is missing, of a wrong shape or of a wrong type.
    var problems: [String] = []
    /// The tensors that the model does not use.
    var leftOver: [String] = []
  }

  /// Whether nothing is missing or wrong, and it is known what it is.
  var isWhole: Bool {
    kind != "unknown" && parts.allSatisfy { $0.error == nil && $0.problems.isEmpty }
  }

  init(_ description: CheckpointDescription) {
    path = description.path
    kind = description.kind?.rawValue ?? "unknown"
    family = description.family?.rawValue
    parts = description.parts.map { Part($0) }
    leftOver = description.leftOver
    guard let header = description.header else { return }
    prediction = header.noise.edm == nil ? header.noise.prediction.rawValue : "edm"
    predictionKnown = header.evidence.description
    zeroTerminalSNR = header.noise.rescalesToZeroTerminalSNR
    inChannels = header.inChannels
    latentChannels = header.latentChannels
    latentScale = header.latentScale
  }

  /// As it is printed for people.
  var text: String {
    var table = TextTable()
    for part in parts { part.add(to: &table) }
    let left = leftOver.map { "the tensor `\($0)` belongs to no part" }
    let remarks = parts.flatMap(\.remarks) + Self.few(left)
    return
      ([path, facts.rendered()] + (parts.isEmpty ? [] : ["", table.rendered()])
      + (remarks.isEmpty ? [] : [""]) + remarks)
      .joined(separator: "\n")
  }

  private var facts: TextTable {
    var facts = TextTable()
    facts.add("kind", kind)
    if let family { facts.add("family", family) }
    if let prediction, let predictionKnown {
      facts.add("predicts", "\(prediction), \(predictionKnown)")
    }
    if zeroTerminalSNR == true { facts.add("last step", "noise alone (zero terminal SNR)") }
    if let latentChannels, let latentScale, let inChannels {
      facts.add(
        "latents",
        "\(latentChannels) channels, 1/\(latentScale) of the size; the UNet takes \(inChannels)")
    }
    return facts
  }

  /// The first lines, and how many more there are.
  fileprivate static func few(_ lines: [String]) -> [String] {
    let limit = 10
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) more; --format json has them all"]
  }
}

extension ModelReport.Part {
  fileprivate init(_ part: CheckpointDescription.Part) {
    name = part.name
    switch part.contents {
    case .failure(let failure): error = "\(failure)"
    case .success(let contents):
      files = contents.files
      tensors = contents.tensorCount
      parameters = contents.parameterCount
      bytes = contents.byteCount
      types = Dictionary(contents.types.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
      problems = contents.problems.map(\.description)
      leftOver = contents.leftOver
    }
  }

  fileprivate func add(to table: inout TextTable) {
    guard error == nil else { return table.add(name, "cannot be read") }
    let types = types.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    table.add(
      name, "\(tensors) tensors", "\(parameters) parameters", ByteSize.describe(bytes),
      types.joined(separator: ", "))
  }

  /// The few things of each kind that are wrong with the part.
  fileprivate var remarks: [String] {
    let left = leftOver.map { "the tensor `\($0)` is not used" }
    return [error.map { [$0] } ?? [], ModelReport.few(problems), ModelReport.few(left)].flatMap {
      $0
    }
    .map { "\(name): \($0)" }
  }
}
