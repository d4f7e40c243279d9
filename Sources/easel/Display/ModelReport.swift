import Diffusion
import Tensor

/// What `easel inspect` says of a model.
struct ModelReport: Encodable {
  var path: String
  var family: String
  var prediction: String
  var inChannels: Int
  var latentChannels: Int
  var latentScale: Int
  var parts: [Part]

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

  /// Whether nothing is missing or wrong.
  var isWhole: Bool { parts.allSatisfy { $0.error == nil && $0.problems.isEmpty } }

  init(_ description: CheckpointDescription) {
    let header = description.header
    path = header.path
    family = header.family.rawValue
    prediction = header.noise.prediction.rawValue
    inChannels = header.inChannels
    latentChannels = header.latentChannels
    latentScale = header.latentScale
    parts = description.parts.map { Part($0) }
  }

  /// As it is printed for people.
  var text: String {
    var facts = TextTable()
    facts.add("family", family)
    facts.add("predicts", prediction)
    facts.add(
      "latents",
      "\(latentChannels) channels, 1/\(latentScale) of the size; the UNet takes \(inChannels)")
    var table = TextTable()
    for part in parts { part.add(to: &table) }
    let remarks = parts.flatMap(\.remarks)
    return
      ([path, facts.rendered(), "", table.rendered()] + (remarks.isEmpty ? [] : [""]) + remarks)
      .joined(separator: "\n")
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
    return [error.map { [$0] } ?? [], Self.few(problems), Self.few(left)].flatMap { $0 }
      .map { "\(name): \($0)" }
  }

  private static func few(_ lines: [String]) -> [String] {
    let limit = 10
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) more; --format json has them all"]
  }
}
