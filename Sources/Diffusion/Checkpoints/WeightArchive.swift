import Tensor

/// The tensors of one part of a checkpoint, over all of its files, and what a model asked for.
///
/// A model is built from an archive by asking for every tensor that it needs. Asking reads nothing
/// and never fails; afterwards `problems` tells what cannot be had and `leftOver` what nobody wanted.
/// So loading and inspecting a checkpoint follow one and the same list of keys: the model itself.
final class WeightArchive {
  let files: WeightFiles
  /// How the layers that bear less than full precision multiply.
  let precision: LinearPrecision
  private let owners: [String: SafetensorsFile]
  private let random: RandomWeights?
  /// What the model asked for so far.
  private(set) var requests: [String: Shape] = [:]
  /// What adapters do to tensors, by key.
  var changes: [String: [AppliedChange]] = [:]

  init(_ files: WeightFiles, precision: LinearPrecision = .full) throws {
    self.files = files
    self.precision = precision
    var owners: [String: SafetensorsFile] = [:]
    for path in files.paths {
      let file = try SafetensorsFile(path: path)
      for key in file.header.tensors.keys { owners[key] = file }
    }
    self.owners = owners
    random = nil
  }

  /// An archive without files that has every tensor it is asked for.
  init(_ random: RandomWeights, precision: LinearPrecision = .full) {
    self.precision = precision
    files = WeightFiles(name: "random weights", paths: [])
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
  func contains(_ key: String) -> Bool { owners[key] != nil }

  /// Notes that a model needs the tensor. Whether it is there, `problems` tells.
  func request(_ key: String, _ shape: Shape) -> StoredTensor {
    requests[key] = shape
    let changes = changes[key] ?? []
    if let random {
      return StoredTensor(key: key, source: .random(random, shape), changes: changes)
    }
    return StoredTensor(
      key: key, source: owners[key].map(StoredTensor.Source.file), changes: changes)
  }

  /// How many numbers a model asked for.
  var requestedCount: Int { requests.values.reduce(0) { $0 + $1.count } }

  /// What of the requested cannot be had, in the order of the keys.
  var problems: [WeightProblem] {
    guard random == nil else { return [] }
    let entries = entries
    return requests.sorted { $0.key < $1.key }.compactMap { key, shape in
      guard let entry = entries[key] else { return .missing(key: key, expected: shape.sizes) }
      guard entry.shape == shape else {
        return .shape(key: key, expected: shape.sizes, found: entry.shape.sizes)
      }
      guard Self.weightTypes.contains(entry.dtype) else {
        return .type(key: key, found: entry.dtype.rawValue)
      }
      return nil
    }
  }

  private static let weightTypes: Set<DType> = [.float16, .bfloat16, .float32]

  /// What the files hold and no model asked for.
  var leftOver: [String] { owners.keys.filter { requests[$0] == nil }.sorted() }

  /// Throws where a request cannot be met.
  func verify() throws {
    let problems = problems
    guard problems.isEmpty else {
      throw CheckpointError.weights(path: files.name, problems: problems)
    }
  }
}

/// A tensor in a mapped file, not yet read.
struct StoredTensor: Sendable {
  /// Where its elements come from.
  enum Source {
    case file(SafetensorsFile)
    case random(RandomWeights, Shape)
  }

  let key: String
  /// Nil where the archive has no such tensor.
  let source: Source?
  /// What adapters do to it, in this order.
  let changes: [AppliedChange]

  /// The elements, as they are stored where no adapter changes them. Only for tensors of an archive that was verified.
  func elements() -> StoredElements {
    let stored = stored()
    guard !changes.isEmpty else { return stored }
    return StoredElements(changes.reduce(stored.read()) { tensor, change in change(tensor) })
  }

  /// Says that the elements were copied and are not needed soon.
  func release() { stored().release() }

  private func stored() -> StoredElements {
    let elements: StoredElements? =
      switch source {
      case .file(let file): try? file.stored(key)
      case .random(let weights, let shape): StoredElements(weights.tensor(key, shape))
      case nil: nil
      }
    guard let elements else {
      preconditionFailure("\(key) is read, but its archive was not verified")
    }
    return elements
  }

  /// The elements, widened to f32. Only for tensors of an archive that was verified.
  func read() -> Tensor { elements().read() }
}
