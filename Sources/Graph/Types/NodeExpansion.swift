/// What a node of a list comes to when its graph is checked: where it is known what is in the list, such a
/// node never runs, and what it leaves out is not computed.
public enum NodeExpansion: Hashable, Sendable {
  /// The output `element` is the element of the input `list` at `index`, counted from 1.
  case pick
  /// The output `count` is the number of elements of the input `list`.
  case count
}
