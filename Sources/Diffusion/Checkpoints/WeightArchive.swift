import Tensor

/// The tensors of one part of a checkpoint, over all of its files, and what a model asked for.
///
/// A model is built from an archive by asking for every tensor that it needs. Asking reads nothing
/// and never fails; afterwards `problems` tells what cannot be had and `leftOver` what nobody wanted.
/// So loading and inspecting a checkpoint follow one and the same list of keys: the model itself.
final class WeightArchive {
  /// A tensor that a model asked for.
  private struct Request {
    let place: StoredPlace
    let shape: Shape
  }

  let files: WeightFiles
  /// How the layers that bear less than full precision multiply.
  let precision: LinearPrecision
  private let layout: WeightLayout
  /// By the whole keys of the files.
  private let owners: [String: SafetensorsFile]
  private let random: RandomWeights?
  private var requests: [String: Request] = [:]
  /// What adapters do to tensors, by the model's keys.
  var changes: [String: [AppliedChange]] = [:]

  /// The files of one part.
  convenience init(_ files: WeightFiles, precision: LinearPrecision = .full) throws {
    try self.init(
      files, files.paths.map { try SafetensorsFile(path: $0) }, WeightLayout(),
      precision: precision)
  }

  /// Of open files, the tensors of the part that the layout is of.
  init(
    _ files: WeightFiles, _ open: [SafetensorsFile], _ layout: WeightLayout,
    precision: LinearPrecision = .full
  ) {
    self.files = files
    self.precision = precision
    self.layout = layout
    var owners: [String: SafetensorsFile] = [:]
    for file in open {
      for key in file.header.tensors.keys where key.hasPrefix(layout.prefix) { owners[key] = file }
    }
    self.owners = owners
    random = nil
  }

  /// An archive without files that has every tensor it is asked for.
  init(_ random: RandomWeights, precision: LinearPrecision = .full) {
    self.precision = precision
    files = WeightFiles(name: "random weights", paths: [])
    layout = WeightLayout()
    owners = [:]
    self.random = random
  }

  /// The header's entries, by key.
  var entries: [String: SafetensorsHeader.Entry] {
    owners.reduce(into: [:]) { entries, owner in
      entries[owner.key] = owner.value.header.tensors[owner.key]
    }
  }

  /// Whether the files hold the tensor. Random weights have today's layout, whatever others there are.
  func contains(_ key: String) -> Bool { owners[layout.place(of: key).key] != nil }

  /// What the files call a tensor.
  func storedKey(of key: String) -> String { layout.place(of: key).key }

  /// The shape of a tensor, as a model has it; nil where the files do not hold it.
  func shape(of key: String) -> Shape? {
    let place = layout.place(of: key)
    return entry(place).map { place.form.loaded($0.shape) }
  }

  /// Notes that a model needs the tensor. Whether it is there, `problems` tells.
  func request(_ key: String, _ shape: Shape) -> StoredTensor {
    let place = layout.place(of: key)
    requests[key] = Request(place: place, shape: shape)
    let source: StoredTensor.Source? =
      if let random { .random(random, shape) } else {
        owners[place.key].map { .file($0, place, shape) }
      }
    return StoredTensor(key: key, source: source, changes: changes[key] ?? [])
  }

  /// What a model asked for, by its own keys.
  var requestedShapes: [String: Shape] { requests.mapValues(\.shape) }

  /// How many numbers a model asked for.
  var requestedCount: Int { requests.values.reduce(0) { $0 + $1.shape.count } }

  /// What of the requested cannot be had, in the order of the keys.
  var problems: [WeightProblem] {
    guard random == nil else { return [] }
    return requests.sorted { $0.key < $1.key }.compactMap { problem($0.value) }
  }

  private func problem(_ request: Request) -> WeightProblem? {
    let (key, expected) = (request.place.key, request.place.form.stored(request.shape))
    guard let entry = entry(request.place) else {
      return .missing(key: key, expected: expected.sizes)
    }
    guard entry.shape.holdsTheSameMatrix(as: expected) else {
      return .shape(key: key, expected: expected.sizes, found: entry.shape.sizes)
    }
    guard entry.dtype.holdsWeights else {
      return .type(key: key, found: entry.dtype.rawValue)
    }
    return nil
  }

  private func entry(_ place: StoredPlace) -> SafetensorsHeader.Entry? {
    owners[place.key]?.header.tensors[place.key]
  }

  /// What the files hold of the part, no model asked for, and is not there for others.
  var leftOver: [String] {
    let used = Set(requests.values.map(\.place.key))
    return owners.keys.filter { !used.contains($0) && !layout.isKnownExtra($0) }.sorted()
  }

  /// Throws where a request cannot be met.
  func verify() throws {
    let problems = problems
    guard problems.isEmpty else {
      throw CheckpointError.weights(path: files.name, problems: problems)
    }
  }

  /// The requested tensors that hold a number which is none, or is infinite, in the order of their keys. Reads all
  /// weights.
  var notFinite: [String] {
    Set(requests.values.map(\.place.key)).sorted().filter { key in
      (try? owners[key]?.stored(key).isFinite) == false
    }
  }
}

extension DType {
  /// Whether models and adapters may be stored in it.
  var holdsWeights: Bool { [.float16, .bfloat16, .float32].contains(self) }
}
