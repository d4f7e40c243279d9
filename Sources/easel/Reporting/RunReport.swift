import Engine
import Graph

/// What there is to say of a run when it is over.
struct RunReport: Sendable {
  /// What became of a node.
  enum State: String, CaseIterable, Sendable {
    case ran
    case loaded
    case cached
    case failed
    case notNeeded = "not-needed"
  }

  /// A node of the graph.
  struct Node: Sendable {
    var id: NodeID
    /// The kind of node.
    var uses: String
    var state = State.notNeeded
    /// Why it did not run, or what it failed of.
    var remark: String?
    /// From the start of the run, in seconds.
    var start: Double?
    var seconds: Double?
    var peakBytes: Int?
    var bytes: Int?
    /// What its inputs are bound to, in the order of their declaration.
    var inputs: [(port: String, binding: [BindingPhrase])] = []
    var outputs: [Value] = []
  }

  /// An output of a node.
  struct Value: Sendable {
    var port: String
    var type: PortType
    /// A scalar as a text.
    var text: String?
    /// The pictures that show it, of a list the first few.
    var thumbnails: [Thumbnail] = []
  }

  /// A file that the run has left.
  struct Output: Sendable {
    var name: String
    /// As it is shown.
    var path: String
    /// As it is reached from the report.
    var link: String
    var thumbnail: Thumbnail?
  }

  var file: String
  var diagram: Diagram
  var made: String
  var version = Easel.version
  var inputs: [(name: String, value: String)]
  var nodes: [Node]
  var outputs: [Output] = []
  /// What the user was told.
  var notes: [String] = []
  /// The most that values have held in memory at once.
  var heldBytes = 0
  var failure: String?
  var seconds: Double

  var hits: Int { nodes.count { $0.state == .cached } }
  /// The largest that a single node needed.
  var peakBytes: Int? { nodes.compactMap(\.peakBytes).max() }
}

/// A part of what is said of a binding.
enum BindingPhrase: Hashable, Sendable {
  case text(String)
  case reference(OutputReference)
}

extension Binding {
  /// What a port is bound to: constants as they were written, references by name, the rest in words.
  var phrases: [BindingPhrase] {
    switch self {
    case .constant(let value): [.text(value.display)]
    case .output(let reference): [.reference(reference)]
    case .computed(let computation): computation.phrases
    case .list(let elements):
      [.text("[")] + Array(elements.map(\.phrases).joined(separator: [.text(", ")])) + [.text("]")]
    case .choice(let condition, let first, let second):
      first.phrases + [.text(" where ")] + condition.phrases
        + (second.map { [.text(", otherwise ")] + $0.phrases } ?? [.text(", otherwise nothing")])
    }
  }
}

extension Computation {
  fileprivate var phrases: [BindingPhrase] {
    references.isEmpty
      ? [.text(canonical)]
      : [.text("worked out from ")]
        + Array(references.map { [.reference($0)] }.joined(separator: [.text(", ")]))
  }
}
