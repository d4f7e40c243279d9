/// The stable name of a kind of finding.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  // MARK: Reading a file

  /// A file is missing, is no regular file, is too large, or the system does not let it be read.
  case unreadableFile = "unreadable-file"
  /// The bytes are no UTF-8.
  case invalidEncoding = "invalid-encoding"
  /// The text breaks YAML's own rules.
  case invalidYAML = "invalid-yaml"
  /// Anchors, aliases, tags, several documents: parts of YAML that graph files do without.
  case refusedYAML = "refused-yaml"
  /// Lists and mappings, or expressions, lie too deep in each other.
  case tooDeep = "too-deep"
  /// A file has too many values, or a text or an expression is too long.
  case tooLarge = "too-large"
  /// A mapping has a key twice.
  case duplicateKey = "duplicate-key"

  // MARK: The shape of a graph

  /// A mapping, a list or a text stands where something else belongs.
  case wrongShape = "wrong-shape"
  /// `easel: 1` is missing, or names a version that this program does not know.
  case languageVersion = "language-version"
  /// A key that graphs, inputs or sizes do not have.
  case unknownKey = "unknown-key"
  /// A key that must be there is not.
  case missingKey = "missing-key"
  /// A key is there, its value is not.
  case missingValue = "missing-value"
  /// A name is not lower-case words joined by `-`.
  case invalidName = "invalid-name"
  /// An input and a node have the same name.
  case sharedName = "shared-name"
  /// There are no nodes.
  case noNodes = "no-nodes"
  /// There are no outputs.
  case noOutputs = "no-outputs"
  /// The graph, with the graphs that it uses, has too many nodes.
  case tooManyNodes = "too-many-nodes"
  /// There are more findings than are shown.
  case tooManyFindings = "too-many-findings"

  // MARK: Names

  /// No kind of node has this name.
  case unknownNode = "unknown-node"
  /// No graph that comes with Easel has this name.
  case unknownGraph = "unknown-graph"
  /// A graph uses itself, by way of others or directly.
  case recursiveGraph = "recursive-graph"
  /// The kind of node has no such input.
  case unknownPort = "unknown-port"
  /// An input that the kind of node must have is not given.
  case missingPort = "missing-port"
  /// An expression names what is neither an input nor a node.
  case unknownReference = "unknown-reference"
  /// An expression names an output that the node does not have.
  case unknownOutput = "unknown-output"
  /// An expression names a node with several outputs, and not which of them.
  case ambiguousReference = "ambiguous-reference"
  /// Nodes need each other in a circle.
  case cycle
  /// An input that is set from outside is none of the graph's.
  case unknownInput = "unknown-input"
  /// An input has no default and was not set.
  case missingInput = "missing-input"

  // MARK: Types and values

  /// A type that is none of the language's.
  case unknownType = "unknown-type"
  /// A value is of another type than the one that is wanted.
  case typeMismatch = "type-mismatch"
  /// Parts of models of different families meet.
  case familyMismatch = "family-mismatch"
  /// Pictures of different sizes meet.
  case sizeMismatch = "size-mismatch"
  /// A size that cannot be worked with.
  case invalidSize = "invalid-size"
  /// A value is of the right type and yet not one that is possible.
  case invalidValue = "invalid-value"
  /// A number is outside what is allowed.
  case outOfRange = "out-of-range"
  /// A value that must be known before the run is known only during it.
  case notConstant = "not-constant"
  /// A value that a `when` may leave out stands where one is needed.
  case mayBeMissing = "may-be-missing"
  /// Lists that should go in step have different lengths.
  case unequalLists = "unequal-lists"

  // MARK: Expressions

  /// What stands in `${...}` is no expression.
  case invalidExpression = "invalid-expression"
  /// An expression has no value: an overflow, a division by zero.
  case evaluation

  /// `allow` names a kind of warning that there is not.
  case unknownWarning = "unknown-warning"

  // MARK: Warnings

  /// `??` gives a default to what is never missing.
  case needlessDefault = "needless-default"
  /// A value changes nothing, beside the others that the node is given.
  case needlessValue = "needless-value"
  /// `allow` silences nothing.
  case needlessAllow = "needless-allow"
  /// Nothing refers to an input.
  case unusedInput = "unused-input"
  /// No output depends on a node.
  case unusedNode = "unused-node"
  /// A picture whose sides are no multiples of 8 may be made a latent.
  case oddSize = "odd-size"
  /// A list is written into a text.
  case listInText = "list-in-text"
  /// A path leads out of the folder of the file that it is written in.
  case outsideFolder = "outside-folder"
  /// A file has weights that nothing here knows how to use.
  case unusedWeights = "unused-weights"

  /// Those that leave a graph fit to run.
  public static let warnings: [DiagnosticCode] = [
    .needlessDefault, .needlessValue, .needlessAllow, .unusedInput, .unusedNode, .oddSize,
    .listInText, .outsideFolder, .unusedWeights,
  ]

  /// What a finding of this kind is, as long as nobody asks for more.
  public var severity: Diagnostic.Severity { Self.warnings.contains(self) ? .warning : .error }
}
