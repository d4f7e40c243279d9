import Testing

@testable import Graph

/// What must hold of every drawing, on random graphs.
struct DiagramLayoutTests {
  struct Case: CustomTestStringConvertible {
    let diagram: Diagram
    let layout: DiagramLayout
    var testDescription: String

    init(boxes: Int, seed: UInt64) {
      diagram = .random(boxes: boxes, seed: seed)
      layout = DiagramLayout(diagram)
      testDescription = "\(boxes) boxes, seed \(seed)"
    }
  }

  static let cases = (1...30).map { Case(boxes: [1, 2, 5, 12, 40, 60][$0 % 6], seed: UInt64($0)) }

  @Test(arguments: cases) func boxesStandApart(_ example: Case) {
    let boxes = example.layout.boxes
    for (index, box) in boxes.enumerated() {
      #expect(box.width > 0 && box.height > 0)
      #expect(boxes[..<index].allSatisfy { !$0.overlaps(box) })
    }
  }

  @Test(arguments: cases) func everythingIsInThePicture(_ example: Case) {
    let layout = example.layout
    let picture = Rectangle(x: 0, y: 0, width: layout.size.x, height: layout.size.y)
    for place in layout.boxes + layout.frames + layout.labels.joined() {
      #expect(picture.contains(place))
    }
  }

  @Test(arguments: cases) func framesHoldTheirOwnBoxesAlone(_ example: Case) {
    let (diagram, layout) = (example.diagram, example.layout)
    for (index, frame) in layout.frames.enumerated() {
      for (box, place) in zip(diagram.boxes, layout.boxes) {
        if diagram.frames(around: box.frame).contains(index) {
          #expect(frame.contains(place))
        } else {
          #expect(!frame.overlaps(place))
        }
      }
    }
  }

  @Test(arguments: cases) func edgesLeadFromPortToPort(_ example: Case) throws {
    let (diagram, layout) = (example.diagram, example.layout)
    #expect(layout.routes.count == diagram.edges.count)
    for (edge, route) in zip(diagram.edges, layout.routes) {
      let source = layout.boxes[edge.source]
      let target = layout.boxes[edge.target]
      let (first, last) = try (#require(route.first), #require(route.last))
      let output = BoxMetrics(diagram.boxes[edge.source]).row(edge.output)
      let input = BoxMetrics(diagram.boxes[edge.target]).row(edge.input)
      #expect(Point(x: first.start, y: first.y) == Point(x: source.right, y: source.y + output))
      #expect(Point(x: last.end, y: last.y) == Point(x: target.x, y: target.y + input))
      #expect(last.end - last.start >= BoxMetrics.arrowRoom)
    }
  }

  @Test(arguments: cases) func edgesRunThroughNoBoxAndNoForeignLabel(_ example: Case) {
    let (diagram, layout) = (example.diagram, example.layout)
    for (edge, route) in zip(diagram.edges, layout.routes) {
      let points = curvePoints(along: route)
      func isHit(_ place: Rectangle) -> Bool {
        route.contains(where: place.isCrossed) || points.contains(where: place.holdsInside)
      }
      for (box, place) in layout.boxes.enumerated() {
        #expect(!isHit(place), "\(edge) through \(box)")
        for (output, label) in layout.labels[box].enumerated()
        where (box, output) != (edge.source, edge.output) {
          #expect(!isHit(label), "\(edge) through a label of \(box)")
        }
      }
    }
  }

  @Test(arguments: cases) func labelsStandFree(_ example: Case) {
    let labels = Array(example.layout.labels.joined())
    for (index, label) in labels.enumerated() {
      #expect(example.layout.boxes.allSatisfy { !$0.overlaps(label) })
      #expect(labels[..<index].allSatisfy { !$0.overlaps(label) })
    }
  }

  @Test func theSameGraphIsDrawnTheSame() {
    for seed in [3, 17] as [UInt64] {
      let svgs = (0..<3).map { _ in Diagram.random(boxes: 50, seed: seed).svg() }
      #expect(Set(svgs).count == 1)
    }
  }

  @Test func aThousandNodesAreNoTrouble() {
    let diagram = Diagram.random(boxes: 1000, seed: 4)
    var layout: DiagramLayout?
    let time = processorTime { layout = DiagramLayout(diagram) }
    #expect(layout?.boxes.count == 1000)
    // Without optimisation it takes about three seconds, with it a fifth of one.
    #expect(time < .seconds(30))
  }

  @Test func aCircleIsDrawnAllTheSame() {
    var diagram = Diagram.random(boxes: 2, seed: 1)
    for box in diagram.boxes.indices {
      diagram.boxes[box].inputs = ["in"]
      diagram.boxes[box].outputs = [Diagram.Port(name: "out", type: .text)]
    }
    diagram.edges = [(0, 1), (1, 0), (1, 1)].map {
      Diagram.Edge(source: $0.0, output: 0, target: $0.1, input: 0)
    }
    let layout = DiagramLayout(diagram)
    #expect(!layout.boxes[0].overlaps(layout.boxes[1]))
  }

  /// Close together, along the curves between the level stretches.
  private func curvePoints(along route: [Rail]) -> [Point] {
    zip(route, route.dropFirst()).flatMap { rail, next in
      (0...24).map { step in
        let t = Double(step) / 24
        let (a, b, c, d) = (
          (1 - t) * (1 - t) * (1 - t), 3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t * t * t
        )
        let middle = (rail.end + next.start) / 2
        return Point(
          x: a * rail.end + (b + c) * middle + d * next.start,
          y: (a + b) * rail.y + (c + d) * next.y)
      }
    }
  }
}

extension Rectangle {
  fileprivate func contains(_ other: Rectangle) -> Bool {
    x <= other.x && other.right <= right && y <= other.y && other.bottom <= bottom
  }

  fileprivate func isCrossed(by rail: Rail) -> Bool {
    rail.y > y + 0.5 && rail.y < bottom - 0.5 && rail.end > x + 0.5 && rail.start < right - 0.5
  }

  /// Half a pixel and more from the sides.
  fileprivate func holdsInside(_ point: Point) -> Bool {
    point.x > x + 0.5 && point.x < right - 0.5 && point.y > y + 0.5 && point.y < bottom - 0.5
  }
}

extension Diagram {
  fileprivate func frames(around frame: Int?) -> [Int] {
    frame.map { [$0] + frames(around: frames[$0].parent) } ?? []
  }
}
