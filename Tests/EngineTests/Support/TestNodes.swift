import Engine
import Graph
import Synchronization

/// A number. Stands for something that is cheap to make.
struct Constant: Node {
  static let name = "constant"
  static let version = 1
  static let about = "A number."
  @Input("It.") var value: Int = 0
  @Input("Has no effect.", affectsResult: false) var label: String = ""
  @Output("It.") var result: Int
  func run(_ context: RunContext) throws { result = value }
}

/// A sum of up to three numbers, and its parity.
struct Sum: Node {
  static let name = "sum"
  static let version = 1
  static let about = "A sum."
  @Input("A summand.") var a: Int
  @Input("A summand.") var b: Int?
  @Input("A summand.") var c: Int?
  @Input("Added too.", in: -1000...1000) var bias: Int = 0
  @Output("The sum.") var result: Int
  @Output("Whether it is even.") var even: Bool
  func run(_ context: RunContext) throws {
    result = (a &+ (b ?? 0) &* 3 &+ (c ?? 0) &* 5 &+ bias) % 1_000_003
    even = result.isMultiple(of: 2)
  }
}

/// The tens of a number: many inputs give one output.
struct Tens: Node {
  static let name = "tens"
  static let version = 1
  static let about = "The tens of a number."
  @Input("A number.") var a: Int
  @Output("Its tens.") var result: Int
  func run(_ context: RunContext) throws { result = a / 10 }
}

/// A sum of any number of numbers.
struct Total: Node {
  static let name = "total"
  static let version = 1
  static let about = "The sum of a list."
  @Input("The summands.") var values: [Int]
  @Output("The sum.") var result: Int
  func run(_ context: RunContext) throws {
    result = values.reduce(0) { ($0 &* 7 &+ $1) % 1_000_003 }
  }
}

/// A thing that is loaded, as a model is.
struct Thing: PortValue {
  static var portType: PortType { .handle(.model, nil) }
  static var storage: PortStorage<Thing>? { nil }
  var text: String
  var byteCount: Int { 100 }
}

/// Loads a file as a `Thing`.
struct LoadThing: Node {
  static let name = "load-thing"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = "Loads a thing."
  @Input("The file.") var path: FilePath
  @Output("The thing.") var thing: Thing
  @Output("How long its text is.") var length: Int
  func run(_ context: RunContext) throws {
    let text = String(decoding: try Folder.read(path.resolved), as: UTF8.self)
    thing = Thing(text: text)
    length = text.utf8.count
  }
}

/// Changes a thing without making it.
struct AdaptThing: Node {
  static let name = "adapt-thing"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = "Adapts a thing."
  @Input("The thing.") var thing: Thing
  @Input("How much.") var strength: Int = 1
  @Output("The adapted thing.") var adapted: Thing
  func run(_ context: RunContext) throws {
    adapted = Thing(text: String(repeating: thing.text, count: strength))
  }
}

/// Uses a thing.
struct UseThing: Node {
  static let name = "use-thing"
  static let version = 1
  static let about = "Uses a thing."
  @Input("The thing.") var thing: Thing
  @Input("A number.") var a: Int = 0
  @Output("A text.") var text: String
  func run(_ context: RunContext) throws { text = "\(thing.text)#\(a)" }
}

/// Fails.
struct Fail: Node {
  struct Mishap: Error, CustomStringConvertible {
    var description: String { "a mishap" }
  }
  static let name = "fail"
  static let version = 1
  static let about = "Fails."
  @Input("A number.") var a: Int = 0
  @Output("Never set.") var result: Int
  func run(_ context: RunContext) throws { throw Mishap() }
}

/// Forgets its output.
struct Forget: Node {
  static let name = "forget"
  static let version = 1
  static let about = "Forgets its output."
  @Output("Never set.") var result: Int
  func run(_ context: RunContext) throws {}
}

/// Takes its time, in steps, as a sampler does; and says so.
struct Slow: Node {
  static let name = "slow"
  static let version = 1
  static let about = "Takes its time."
  @Input("Comes out again.") var a: Int
  @Input("How many.") var steps: Int = 10
  @Input("How long each takes.") var milliseconds: Int = 5
  @Input("What it says that it needs.") var peak: Int = 0
  @Input("How many must run at once, at some time, before it goes on.") var company: Int = 1
  @Output("The input.") var result: Int
  var peakBytes: Int { peak }
  func run(_ context: RunContext) throws {
    Gauge.shared.enter(peak)
    defer { Gauge.shared.leave(peak) }
    Gauge.shared.await(nodes: company)
    for step in 1...steps {
      Folder.sleep(milliseconds: milliseconds)
      try context.finished(step: step, of: steps)
    }
    result = a
  }
}

/// How much runs at once.
final class Gauge: Sendable {
  static let shared = Gauge()
  private let state = Mutex((nodes: 0, bytes: 0, mostNodes: 0, mostBytes: 0))

  var most: (nodes: Int, bytes: Int) { state.withLock { ($0.mostNodes, $0.mostBytes) } }
  func reset() { state.withLock { $0 = (0, 0, 0, 0) } }
  func enter(_ bytes: Int) {
    state.withLock {
      $0.nodes += 1
      $0.bytes += bytes
      $0.mostNodes = max($0.mostNodes, $0.nodes)
      $0.mostBytes = max($0.mostBytes, $0.bytes)
    }
  }
  /// Waits until so many have run at once; a minute at most, for a machine that has much to do.
  func await(nodes: Int) {
    for _ in 0..<12_000 where most.nodes < nodes { Folder.sleep(milliseconds: 5) }
  }
  func leave(_ bytes: Int) {
    state.withLock {
      $0.nodes -= 1
      $0.bytes -= bytes
    }
  }
}

/// A value that tells how many of its kind are alive.
struct Block: PortValue {
  static let alive = Atomic(0)
  static let mostAlive = Atomic(0)
  private final class Token: Sendable {
    init() {
      let count = Block.alive.add(1, ordering: .relaxed).newValue
      Block.mostAlive.max(count, ordering: .relaxed)
    }
    deinit { Block.alive.subtract(1, ordering: .relaxed) }
  }
  static var portType: PortType { .image(.unknown) }
  static var storage: PortStorage<Block>? {
    PortStorage(
      encode: { [UInt8](repeating: UInt8(truncatingIfNeeded: $0.number), count: 64) },
      decode: { Block(Int($0[0])) })
  }
  var number: Int
  private let token = Token()
  var byteCount: Int { 1000 }
  init(_ number: Int) { self.number = number }
}

/// A block out of another.
struct NextBlock: Node {
  static let name = "next-block"
  static let version = 1
  static let about = "A block."
  @Input("The one before.") var before: Block?
  @Input("Added.") var plus: Int = 1
  @Output("The next.") var block: Block
  func run(_ context: RunContext) throws { block = Block((before?.number ?? 0) + plus) }
}

/// A text that takes 64 bytes in the store.
struct Pad: Node {
  static let name = "pad"
  static let version = 1
  static let about = "A text of 60 letters."
  @Input("What it ends in.") var a: Int
  @Output("The text.") var text: String
  func run(_ context: RunContext) throws {
    text = String(repeating: ".", count: 60 - "\(a)".count) + "\(a)"
  }
}

/// A number of another kind, out of an integer or a number.
struct Half: Node {
  static let name = "half"
  static let version = 1
  static let about = "Half of a number."
  @Input("A number.", in: 0...100) var a: Double
  @Output("Its half.") var result: Double
  func run(_ context: RunContext) throws { result = a / 2 }
}

let testLibrary = NodeLibrary([
  .init(
    "Tests",
    [
      Constant.self, Sum.self, Tens.self, LoadThing.self, AdaptThing.self, UseThing.self, Fail.self,
      Forget.self, Slow.self, NextBlock.self, Half.self, Pad.self, Total.self,
    ])
])
