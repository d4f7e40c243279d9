import Testing

@testable import Engine

/// Which results go when there is no room for all.
@Suite struct EvictionTests {
  /// A result in a few words. Its objects are named by letters, each object of 100 bytes.
  struct Entry: Sendable {
    var name: String
    var seconds: Double
    /// Of the last use, in seconds before now.
    var age: Int
    var objects: String

    init(_ name: String, _ seconds: Double, age: Int, _ objects: String? = nil) {
      (self.name, self.seconds, self.age) = (name, seconds, age)
      self.objects = objects ?? name
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var entries: [Entry]
    /// The names of what goes first, in order; the limit leaves room for the rest.
    var evicted: String
    var kept = ""
  }

  private static let now = 1_790_000_000_000_000_000
  private static let (hour, year) = (3600, 365 * 86400)

  static let cases = [
    Case(
      testDescription: "what was cheap goes first",
      entries: [.init("a", 10, age: hour), .init("b", 1, age: hour), .init("c", 100, age: hour)],
      evicted: "ba"),
    Case(
      testDescription: "of what was equally dear, what was not used for longest",
      entries: [.init("a", 5, age: hour), .init("b", 5, age: 3 * hour), .init("c", 5, age: 70)],
      evicted: "ba"),
    Case(
      testDescription: "seconds count by the byte",
      entries: [.init("a", 10, age: hour, "ABCD"), .init("b", 5, age: hour, "E")], evicted: "a"),
    Case(
      testDescription: "what was dear and is never used goes some day",
      entries: [.init("a", 600, age: year), .init("b", 1, age: hour)], evicted: "a"),
    Case(
      testDescription: "but it stays for a good while",
      entries: [.init("a", 600, age: 100 * hour), .init("b", 1, age: hour)], evicted: "b"),
    Case(
      testDescription: "within a minute only the cost counts",
      entries: [.init("a", 3, age: 59), .init("b", 2, age: 0)], evicted: "b"),
    Case(
      testDescription: "what took no time goes by age",
      entries: [.init("a", 0, age: hour), .init("b", 0, age: 2 * hour), .init("c", 1, age: year)],
      evicted: "ba"),
    Case(
      testDescription: "a use in the future is no reason to stay for ever",
      entries: [.init("a", 5, age: -year), .init("b", 5, age: hour), .init("c", 5, age: 2 * year)],
      evicted: "ca"),
    Case(
      testDescription: "uses in 1970 and at the end of time",
      entries: [
        .init("a", 5, age: 1_790_000_000), .init("b", 5, age: hour),
        .init("c", 5, age: -7_000_000_000), .init("d", 0.1, age: hour),
      ], evicted: "cad"),
    Case(
      testDescription: "times that are no times count as none",
      entries: [
        .init("a", .nan, age: 90), .init("b", .infinity, age: 80), .init("c", -1, age: 70),
        .init("d", 1, age: year),
      ], evicted: "abc"),
    Case(
      testDescription: "what is in use stays",
      entries: [.init("a", 0, age: year), .init("b", 1, age: hour), .init("c", 2, age: hour)],
      evicted: "b", kept: "a"),
    Case(
      testDescription: "sharing an object with something worth more frees nothing",
      entries: [
        .init("a", 1, age: hour, "XY"), .init("b", 9, age: hour, "X"), .init("c", 7, age: hour),
      ],
      evicted: "a"),
    Case(testDescription: "nothing is there", entries: [], evicted: ""),
  ]

  @Test(arguments: cases) func goesInOrder(_ test: Case) {
    let results = test.entries.enumerated().map { index, entry in
      StoredResult(
        records: [.static(Self.hash(entry.name))], objects: Set(entry.objects.map(Self.hash)),
        byteCount: 100 * entry.objects.count, seconds: entry.seconds,
        lastUse: Self.now - entry.age * 1_000_000_000)
    }
    let objects = Set(results.flatMap(\.objects))
    let kept = Set(test.kept.map(Self.hash))
    func evicted(to limit: Int) -> String {
      Eviction.victims(
        among: results, to: limit,
        sizes: Dictionary(uniqueKeysWithValues: objects.map { ($0, 100) }),
        keeping: kept, now: Self.now
      ).map { victim in test.entries[results.firstIndex(of: victim) ?? 0].name }.joined()
    }
    let victims = Set(test.evicted)
    let left = Set(
      test.entries.filter { !victims.contains($0.name.first ?? " ") }.flatMap(\.objects))
    #expect(evicted(to: left.count * 100) == test.evicted)
    #expect(evicted(to: objects.count * 100) == "")
    #expect(evicted(to: -1).count == test.entries.count - kept.count)
  }

  private static func hash(_ name: some CustomStringConvertible) -> Hash256 {
    Hash256(of: Array(name.description.utf8))
  }
}
