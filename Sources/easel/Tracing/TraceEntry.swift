/// One entry of a trace in the Trace Event Format that chrome://tracing and Perfetto read.
struct TraceEntry {
  /// What kind of entry it is, with the letters of the format.
  enum Phase: String {
    case complete = "X"
    case instant = "i"
    case counter = "C"
    case metadata = "M"
  }

  var phase: Phase
  var name: String
  /// What the entry is one of, to filter by.
  var category: TraceCategory?
  var track: TraceTrack
  /// Nanoseconds since the start of the run; where nothing lasts, both are the same.
  var time: Range<Int>
  var arguments: [(name: String, value: TraceArgument)] = []
}

/// What there is in a trace.
enum TraceCategory: String {
  case node, step, kernel, cache, run
}

/// What an entry says beside its name.
enum TraceArgument {
  case number(Int)
  case text(String)
}

/// A line of the picture that a trace makes, a "thread" in the format's words.
enum TraceTrack: Hashable {
  /// The run as a whole.
  case run
  /// Nodes one after the other; two that run at once are on two.
  case nodes(Int)
  /// Values being read from the store.
  case reads(Int)
  /// Operators that no node called, such as the loading of weights to know a node's size.
  case others(Int)

  var id: Int {
    switch self {
    case .run: 1
    case .nodes(let index): 100 + index
    case .reads(let index): 10_000 + index
    case .others(let index): 20_000 + index
    }
  }

  var name: String {
    switch self {
    case .run: "run"
    case .nodes(let index): "nodes \(index + 1)"
    case .reads(let index): "cache reads \(index + 1)"
    case .others(let index): "outside nodes \(index + 1)"
    }
  }
}

extension TraceEntry {
  /// As a JSON object on one line. Times are in microseconds.
  var json: String {
    var fields = [
      #""name":\#(Self.quoted(name))"#, #""ph":"\#(phase.rawValue)""#, #""pid":1"#,
      #""tid":\#(track.id)"#,
    ]
    if let category { fields.append(#""cat":"\#(category.rawValue)""#) }
    if phase != .metadata { fields.append(#""ts":\#(Self.microseconds(time.lowerBound))"#) }
    if phase == .complete { fields.append(#""dur":\#(Self.microseconds(time.count))"#) }
    if phase == .instant { fields.append(#""s":"t""#) }
    if !arguments.isEmpty {
      let list = arguments.map { "\(Self.quoted($0.name)):\($0.value.json)" }
      fields.append(#""args":{\#(list.joined(separator: ","))}"#)
    }
    return "{\(fields.joined(separator: ","))}"
  }

  private static func microseconds(_ nanoseconds: Int) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1000)
    return "\(whole).\(String(rest + 1000).dropFirst())"
  }

  fileprivate static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case ..<" ": result += "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension TraceArgument {
  fileprivate var json: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): TraceEntry.quoted(text)
    }
  }
}
