import Graph

extension Explanation {
  /// One sentence, without a full stop: "`sample` will run: `seed` was 7, is 8".
  public var sentence: String { "`\(node)` " + same + predicate }

  private var same: String { sameAs.map { "computes the same as `\($0)`, which " } ?? "" }

  private var predicate: String {
    switch state {
    case .run: "will run: \(cause.clause)"
    case .maybe: "\(proviso): \(cause.clause)"
    case .load: "will be loaded\(neededBy.map { " for `\($0)`" } ?? "")" + ownCause
    case .cached: "comes from the store\(cause.howFound)"
    case .notNeeded: "will not run: \(cause.clause)"
    }
  }

  private var proviso: String {
    switch condition {
    case .choice: "may run, if a `when` or a `? :` needs it"
    case .content, nil: "will run, unless what comes in turns out to be the same"
    }
  }

  /// A handle is loaded because something needs it; but it may have changed too.
  private var ownCause: String {
    if case .unchanged = cause { "" } else { ": \(cause.clause)" }
  }
}

extension Explanation.Cause {
  fileprivate var clause: String {
    switch self {
    case .new: "it never ran before"
    case .changed(let change): change.clause
    case .upstream: chain
    case .gone(let time):
      "it is as it was on \(LocalTime(time)), but its result is not in the store any more"
    case .unnamed: "a file that it takes is not known before the run"
    case .unchanged(let time): "nothing that it depends on changed since \(LocalTime(time))"
    case .sameContent(let cause): cause.clause
    case .covered: "all that needs it comes from the store"
    case .unused: "no output needs it"
    }
  }

  fileprivate var howFound: String {
    switch self {
    case .sameContent(.new), .sameContent(.gone): " by content: what comes in came in before"
    case .sameContent(let cause):
      " by content: something before it changed (\(cause.root.clause)), but what comes in is the same"
    default: ": \(clause)"
    }
  }

  /// What it all began with.
  public var root: Explanation.Cause {
    switch self {
    case .upstream(_, _, let cause), .sameContent(let cause): cause.root
    default: self
    }
  }

  /// The inputs and nodes from here back to the root, in that order.
  public var steps: [(port: String, node: NodeID)] {
    switch self {
    case .upstream(let port, let node, let cause): [(port, node)] + cause.steps
    case .sameContent(let cause): cause.steps
    default: []
    }
  }

  private var chain: String {
    let steps = steps
    var clauses = steps.enumerated().map { index, step in
      index == 0
        ? "its input `\(step.port)` comes from `\(step.node)`"
        : "its `\(step.port)` from `\(step.node)`"
    }
    if clauses.count > 3, let last = steps.last {
      clauses = [clauses[0], "and so on back to `\(last.node)`"]
    }
    return clauses.joined(separator: ", ") + ", which \(root.endOfChain)"
  }

  private var endOfChain: String {
    switch self {
    case .changed(let change): "changed: \(change.clause)"
    case .new: "never ran before"
    case .unnamed: "takes a file that is not known before the run"
    default: "changed"
    }
  }
}

extension Change {
  fileprivate var clause: String {
    switch self {
    case .keyScheme: "this version of Easel names results in another way"
    case .numericMode(let was, let new): "the numeric mode was \(was), is \(new)"
    case .kind(let was, let new): "it was a `\(was)`, is a `\(new)`"
    case .version(let kind, let was, let new): "the version of `\(kind)` was \(was), is \(new)"
    case .declaration(let kind): "the ports of `\(kind)` are not what they were"
    case .order(let port): "the elements of `\(port)` are arranged otherwise"
    case .newElement(let port, let value): "`\(port)` \(value.display) is new"
    case .input(let port, let was, let new): Self.clause(port, was, new)
    }
  }

  private static func clause(
    _ port: String, _ was: InputValue?, _ new: InputValue?
  ) -> String {
    switch (was, new) {
    case (.file(let old), .file(let path)) where old == path: "`\(path)` changed"
    case (.computed, .computed): "`\(port)` is computed by another expression"
    case (.choice, .choice): "`\(port)` is chosen by another condition"
    case (.constant(let old, isText: true), .constant(let text, isText: true)):
      "`\(port)` was \(Excerpt.quoted(old, beside: text)), is \(Excerpt.quoted(text, beside: old))"
    default: "`\(port)` \(was.past), \(new.present)"
    }
  }
}

extension InputValue? {
  fileprivate var past: String {
    switch self {
    case .output: "came from \(self?.display ?? "")"
    case .list(let count): "had \(count) elements"
    case let value?: "was \(value.display)"
    case nil: "was left out"
    }
  }

  fileprivate var present: String {
    switch self {
    case .output: "comes from \(self?.display ?? "")"
    case .list(let count): "has \(count)"
    case let value?: "is \(value.display)"
    case nil: "is left out"
    }
  }
}

extension InputValue {
  /// As it stands in sentences.
  public var display: String {
    switch self {
    case .constant(let text, let isText): isText ? Excerpt.quoted(text) : text
    case .file(let path): "`\(path)`"
    case .output(let reference): "`\(reference.node).\(reference.port)`"
    case .computed: "computed"
    case .list(let count): "a list of \(count)"
    case .choice: "chosen in the run"
    }
  }
}
