import Graph
import Testing

struct NearMissTests {
  private static let misses: [(String, String?)] = [
    ("promt", "prompt"), ("txt", "text"), ("smaple", "sample"), ("load-imag", "load-image"),
    ("ecnoder", "encoder"), ("sample", "sample"), ("brightness", nil), ("x", nil), ("", nil),
    (String(repeating: "a", count: 10_000), nil),
  ]

  @Test(arguments: misses)
  func theNearestNameIsFound(_ name: String, _ expected: String?) {
    let names = ["prompt", "text", "sample", "simple", "load-image", "load-mask", "encoder", "y"]
    #expect(NearMiss.of(name, in: names) == expected)
  }
}
