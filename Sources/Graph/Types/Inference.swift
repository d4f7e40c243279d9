/// What one node of a graph can look at, and say, when it is checked: types and constants, never
/// values.
public struct Inference: Sendable {
  /// The inputs that are constants, defaults included, by port.
  public let constants: [String: Literal]
  /// The types of the connected and constant inputs, by port; an optional input that is not given
  /// is absent.
  public let inputs: [String: PortType]
  /// How many elements the lists at inputs have, by port, where that is known.
  public let lengths: [String: Int]
  /// What is known of the handles at inputs, by port.
  public let handles: [String: HandleFacts]
  /// The types of the outputs, by port: as declared at first, with the families that the inputs
  /// decided.
  public var outputs: [String: PortType]
  /// The values of outputs that are known already, by port. A node of which all are known never runs,
  /// and `each` can go over such a list.
  public var values: [String: Literal] = [:]
  /// What is known of the handles at outputs, by port. A conditioning of which nothing is said is for pictures of the
  /// size of those that came in.
  public var outputHandles: [String: HandleFacts] = [:]
  /// Families that the node itself decides (from a file's header), by the variable's name.
  public var families: [String: Family] = [:]
  /// What is allowed and yet hardly meant.
  private(set) var warnings: [InferenceFailure] = []

  /// What is known of a node with these inputs.
  public init(
    constants: [String: Literal], inputs: [String: PortType], outputs: [String: PortType],
    lengths: [String: Int] = [:], handles: [String: HandleFacts] = [:]
  ) {
    self.constants = constants
    self.inputs = inputs
    self.lengths = lengths
    self.handles = handles
    self.outputs = outputs
  }

  /// Warns of what is allowed and yet hardly meant: of `port`, or of the whole node. `code` is one of
  /// `DiagnosticCode.warnings`.
  public mutating func warn(
    _ code: DiagnosticCode, port: String?, others: [String] = [], _ message: String,
    help: String? = nil
  ) {
    warnings.append(InferenceFailure(code, port: port, others: others, message, help: help))
  }
}

/// What a node finds wrong when it is checked, such as a file that cannot be read.
public struct InferenceFailure: Error, Hashable, Sendable {
  /// The diagnostic's code, such as `unreadable-file`.
  public var code: DiagnosticCode
  /// The port at fault, whose value the diagnostic points at; nil for the whole node.
  public var port: String?
  /// Further ports that the message speaks of: their places, or where their sizes come from, are shown.
  public var others: [String]
  /// One sentence, without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String?

  /// A finding about `port`, or about the whole node.
  public init(
    _ code: DiagnosticCode, port: String?, others: [String] = [], _ message: String,
    help: String? = nil
  ) {
    self.code = code
    self.port = port
    self.others = others
    self.message = message
    self.help = help
  }
}
