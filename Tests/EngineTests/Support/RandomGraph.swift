import Engine
import Graph

/// A random graph of cheap nodes, and random edits of it: sums, lists, choices between outputs and
/// expressions that need only some of what they name.
struct RandomGraph {
  private var random: SplitMix
  private var recipes: [Recipe]
  private var outputs: [Int] = []

  private struct Recipe {
    var kind: Int
    var number: Int
    var sources: [Int]
  }

  /// - Parameter failures: Of how many nodes one fails; 0 for none.
  init(seed: UInt64, size: ClosedRange<Int>, failures: Int = 0) {
    var random = SplitMix(state: seed)
    let count = Int.random(in: size, using: &random)
    recipes = (0..<count).map { node in
      let fails = failures > 0 && Int.random(in: 0..<failures, using: &random) == 0
      return Recipe(
        kind: fails ? 99 : Int.random(in: 0..<9, using: &random),
        number: Int.random(in: 0...99, using: &random),
        // Mostly from near by, so that there are long chains.
        sources: node == 0
          ? []
          : (0..<4).map { _ in
            Int.random(in: max(0, node - 12)..<node, using: &random)
          })
    }
    self.random = random
    chooseOutputs()
  }

  /// Changes some numbers, some sources and some of what is handed out.
  mutating func edit() {
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let node = Int.random(in: recipes.indices, using: &random)
      recipes[node].number = Int.random(in: 0...99, using: &random)
    }
    if Bool.random(using: &random) { chooseOutputs() }
    guard recipes.count > 2, Bool.random(using: &random) else { return }
    let node = Int.random(in: 1..<recipes.count, using: &random)
    recipes[node].sources[0] = Int.random(in: 0..<node, using: &random)
  }

  mutating func random(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func chooseOutputs() {
    let count = Int.random(in: 1...5, using: &random)
    outputs = (0..<count).map { _ in Int.random(in: recipes.indices, using: &random) }
  }

  var graph: CheckedGraph {
    GraphBuilder.build { graph in
      for node in recipes.indices { add(node, to: &graph) }
      for (index, node) in outputs.enumerated() {
        let binding =
          index == 0 && node > 0
          ? Binding.choice(Self.isEven(node - 1), then: Self.result(node), otherwise: nil)
          : Self.result(node)
        graph.output("o\(index)", binding, index == 0 ? .optional(.int) : .int)
      }
    }
  }

  private func add(_ node: Int, to graph: inout GraphBuilder) {
    let recipe = recipes[node]
    let from = recipe.sources.map(Self.result)
    let name = "n\(node)"
    guard !from.isEmpty, recipe.kind > 0 else {
      return graph.node(name, "constant", ["value": .int(recipe.number)])
    }
    let bias = Binding.int(recipe.number)
    let even = Self.isEven(recipe.sources[2])
    switch recipe.kind {
    case 1: graph.node(name, "tens", ["a": from[0]])
    case 2: graph.node(name, "sum", ["a": from[0], "b": from[1], "c": from[2], "bias": bias])
    case 3: graph.node(name, "total", ["values": .list(from + [bias])])
    case 4:
      graph.node(
        name, "sum", ["a": .choice(even, then: from[0], otherwise: from[1]), "bias": bias])
    case 5:
      graph.node(
        name, "sum", ["a": from[0], "b": .choice(even, then: from[1], otherwise: nil)])
    case 6: graph.node(name, "sum", ["a": .computed(Self.lazySum(recipe)), "bias": bias])
    case 7:
      let inner = Binding.choice(
        Self.isEven(recipe.sources[3]), then: from[1], otherwise: from[3])
      graph.node(name, "sum", ["a": .choice(even, then: from[0], otherwise: inner)])
    case 99: graph.node(name, "fail", ["a": from[0]])
    default: graph.node(name, "sum", ["a": from[0], "bias": bias])
    }
  }

  private static func result(_ node: Int) -> Binding { .from("n\(node)") }

  /// Whether a node's result is even.
  private static func isEven(_ node: Int) -> Computation {
    let reference = OutputReference("n\(node)")
    return Computation(references: [reference], canonical: "even($0)") { values in
      .bool(try number(reference, in: values).isMultiple(of: 2))
    }
  }

  /// One number, and another one where the first is greater than some.
  private static func lazySum(_ recipe: Recipe) -> Computation {
    let references = recipe.sources[0...1].map { OutputReference("n\($0)") }
    return Computation(
      references: references, canonical: "$0 > \(recipe.number) ? $0 + $1 : $0", isLazy: true
    ) { values in
      let first = try number(references[0], in: values)
      return .int(first > recipe.number ? first + (try number(references[1], in: values)) : first)
    }
  }

  private static func number(
    _ reference: OutputReference, in values: [OutputReference: Literal]
  ) throws -> Int {
    guard case .int(let value)? = values[reference] else {
      throw MissingOutput(reference: reference)
    }
    return value
  }
}
