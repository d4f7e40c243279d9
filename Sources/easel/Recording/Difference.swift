/// Something that a result depends on and that is not as it was.
enum Difference: Equatable {
  case program(was: String, now: String)
  case language(was: Int, now: Int)
  /// Nil for what was not there, or is not any more.
  case graph(String, was: String?, now: String?)
  /// By node, port and path.
  case file(String, was: String?, now: String?)
  /// By kind.
  case node(String, was: Int?, now: Int?)
}

extension Difference {
  /// Whether something is there in both cases, and is not the same.
  var isChange: Bool {
    switch self {
    case .program, .language: true
    case .graph(_, let was, let now), .file(_, let was, let now): was != nil && now != nil
    case .node(_, let was, let now): was != nil && now != nil
    }
  }
}

extension Difference: CustomStringConvertible {
  /// A sentence without a full stop.
  var description: String {
    switch self {
    case .program(let was, let now): "it was made with easel \(was), this is easel \(now)"
    case .language(let was, let now): "the language was version \(was), this is version \(now)"
    case .graph(let name, let was, let now): Self.text("the graph \(name)", was, now, "is used")
    case .file(let name, let was, let now):
      Self.text("the file of \(name)", was, now, "is used")
    case .node(let kind, let was, let now):
      Self.text(
        "the node \(kind)", was.map { "version \($0)" }, now.map { "version \($0)" }, "is used")
    }
  }

  private static func text(_ thing: String, _ was: String?, _ now: String?, _ verb: String)
    -> String
  {
    switch (was, now) {
    case (let was?, let now?): "\(thing) was \(was), now it is \(now)"
    case (let was?, nil): "\(thing) was \(was), now it \(verb) no longer"
    case (nil, let now): "\(thing) \(verb) now (\(now ?? "")), and was not"
    }
  }
}
