import Tensor
import Testing

@testable import Imaging

/// Compares with points that are counted: see `Scripts/reference/editing.py`.
struct ShapeTests {
  private static let star = [
    Point(x: 11.5, y: 1), Point(x: 18, y: 20.5), Point(x: 1.5, y: 8.25), Point(x: 21.5, y: 8.25),
    Point(x: 5, y: 20.5),
  ]
  private static let line = [
    Point(x: 3.5, y: 4), Point(x: 17.25, y: 6.5), Point(x: 9, y: 15),
  ]
  private static let shapes: [(name: String, shape: any PlaneShape)] = [
    ("box", Box(x: 2.25, y: 3.5, width: 13.5, height: 36.5)),
    ("ellipse", Ellipse(center: Point(x: 11.3, y: 9.6), radiusX: 8.2, radiusY: 5.7)),
    ("polygon.nonzero", Polygon(star, rule: .nonzero)),
    ("polygon.even-odd", Polygon(star, rule: .evenOdd)),
    ("stroke", Stroke(line, width: 4.5)),
  ]

  private func draw(_ shape: some PlaneShape, _ width: Int = 24, _ height: Int = 22) -> Mask {
    Mask(width: width, height: height, covering: shape)
  }

  @Test(arguments: shapes.indices) func coverageIsTheShareOfThePixel(_ index: Int) throws {
    let (name, shape) = Self.shapes[index]
    let fixtures = try SafetensorsFile(path: Fixtures.path("masks.safetensors"))
    let expected = try fixtures.tensor(name)
    let found = draw(shape)
    // The reference counts 64x64 points, of which 64 lie on an edge that is one row high.
    #expect(largestDifference(found.values, expected) < 0.03, "\(name)")
    for (found, expected) in zip(found.values.elements, expected.elements)
    where expected == 0 || expected == 1 {
      #expect(abs(found - expected) < 0.01)
    }
  }

  @Test func wholePixelsAreExact() {
    let mask = draw(Box(x: 1, y: 2, width: 2, height: 1), 4, 4)
    #expect(mask.values.elements == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])
    #expect(
      draw(Box(x: -5, y: -5, width: 50, height: 50), 3, 2).values.elements.allSatisfy { $0 == 1 })
  }

  @Test func whatLiesBesideThePictureLeavesNothing() {
    for (x, y) in [(-9.0, 1.0), (9, 1), (1, -9), (1, 9)] {
      let shapes: [any PlaneShape] = [
        Box(x: x, y: y, width: 2, height: 2),
        Ellipse(center: Point(x: x, y: y), radiusX: 1, radiusY: 1),
        Stroke([Point(x: x, y: y)], width: 2),
      ]
      for shape in shapes { #expect(draw(shape, 4, 4).bounds == nil) }
    }
  }

  @Test func shapesWithoutAnAreaLeaveNothing() {
    let point = Point(x: 1.5, y: 1.5)
    let shapes: [any PlaneShape] = [
      Box(x: 1, y: 1, width: 0, height: 2), Ellipse(center: point, radiusX: 0, radiusY: 0),
      Polygon([]), Polygon([point, Point(x: 3, y: 2)]), Polygon([point, point, point]),
      Stroke([], width: 2), Stroke([point, point], width: 0),
    ]
    for shape in shapes { #expect(draw(shape, 4, 4).bounds == nil) }
  }

  @Test func aStrokeThroughOnePointIsADisc() {
    let point = Point(x: 8.25, y: 7.5)
    let disc = draw(Ellipse(center: point, radiusX: 3, radiusY: 3))
    #expect(draw(Stroke([point], width: 6)).values.elements == disc.values.elements)
    #expect(draw(Stroke([point, point], width: 6)).values.elements == disc.values.elements)
  }
}
