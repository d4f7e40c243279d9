import Graph

/// What is not as it was when a node last ran.
public enum Change: Hashable, Sendable {
  /// The program makes its keys in another way.
  case keyScheme
  /// The precision, or another thing on which all results depend.
  case numericMode(was: String, is: String)
  /// The word after `uses:`.
  case kind(was: String, is: String)
  /// The results of a kind of node mean something else than before.
  case version(of: String, was: Int, is: Int)
  /// A kind of node has other ports.
  case declaration(of: String)
  /// An input, or `port[2]`, an element of one; nil where it is left out.
  case input(port: String, was: InputValue?, is: InputValue?)
  /// The elements of a list are those of the earlier run, in another order or some of them repeated.
  case order(port: String)
  /// An element of a list that `each` goes over, and that was not in it.
  case newElement(port: String, InputValue)
}

/// What an input is bound to.
public enum InputValue: Hashable, Sendable {
  /// As its author would write it.
  case constant(String, isText: Bool)
  /// A file or folder, as it was written.
  case file(String)
  /// An output of another node.
  case output(OutputReference)
  /// An expression over the outputs of other nodes.
  case computed
  /// A list of so many elements from different places.
  case list(count: Int)
  /// A choice that is made in the run.
  case choice

  init(_ component: Component) {
    switch component {
    case .constant(let constant): self = .constant(constant.display, isText: constant.isText)
    case .file(_, let path): self = .file(path)
    case .constants(let elements):
      self = .constant(
        "[" + elements.map { InputValue($0).display }.joined(separator: ", ") + "]", isText: false)
    case .output(let reference): self = .output(reference)
    case .computed: self = .computed
    case .gathered(let elements): self = .list(count: elements.count)
    case .choice: self = .choice
    }
  }
}
