import Foundation
import Imaging
import Tensor
import Testing

extension ProgramTests {
  /// `graphs/fix-faces` and `graphs/fix-region`, with a detector that finds light spots.
  struct FaceTests {
    /// Passes windows whose middle is lighter than what is around it.
    private static let cascade = """
      <opencv_storage><cascade type_id="opencv-cascade-classifier">
      <stageType>BOOST</stageType><featureType>HAAR</featureType><height>12</height><width>12</width>
      <stageParams><maxDepth>1</maxDepth></stageParams><featureParams><maxCatCount>0</maxCatCount></featureParams>
      <stages><_><stageThreshold>0.5</stageThreshold><weakClassifiers><_>
      <internalNodes>0 -1 0 1.2</internalNodes><leafValues>-1. 1.</leafValues>
      </_></weakClassifiers></_></stages>
      <features><_><rects><_>0 0 12 12 -1.</_><_>3 3 6 6 4.</_></rects></_></features>
      </cascade></opencv_storage>
      """

    private static let graph = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: photo.png }
        fixed:
          uses: graphs/fix-faces
          image: ${picture.image}
          detector: ./spots.xml
          min-neighbors: 2
          min-size: 24
          steps: 2
          denoise: 0.6
          feather: 4
      outputs: { image: "${fixed.image}", count: "${fixed.count}", mask: "${fixed.mask}" }
      """

    private static let regionGraph = """
      easel: 1
      nodes:
        picture: { uses: load-image, path: photo.png }
        light: { uses: mask-luminance, image: "${picture.image}", from: 0.6 }
        fixed:
          uses: graphs/fix-region
          image: ${picture.image}
          mask: ${light}
          prompt: a smiling person
          steps: 2
          denoise: 0.6
          feather: 4
      outputs: { image: "${fixed.image}", count: "${fixed.count}", mask: "${light}" }
      """

    /// Grey with light spots, each 16 pixels wide.
    private static func photo(spots: [(x: Int, y: Int)]) -> Image {
      let (width, height) = (168, 104)
      let pixels = (0..<height * width).flatMap { index -> [Float] in
        let (y, x) = index.quotientAndRemainder(dividingBy: width)
        let isLight = spots.contains { spot in
          let (across, down) = (spot.x - x, spot.y - y)
          return across * across + down * down <= 64
        }
        return isLight ? [0.9, 0.7, 0.6] : [0.3, 0.35, Float(x % 7) / 20]
      }
      return Image(pixels: Tensor([height, width, 3], pixels))
    }

    /// None, one, several, one at the border, and two that lie in each other's context.
    private static let places = [
      [], [(x: 36, y: 40)], [(x: 36, y: 40), (x: 84, y: 62), (x: 134, y: 34)], [(x: 9, y: 50)],
      [(x: 60, y: 50), (x: 78, y: 56)],
    ]

    @Test(arguments: places.indices, [graph, regionGraph])
    func everySpotIsFixedAndNothingElseChanges(place: Int, graph: String) throws {
      try withFolder { program in
        let spots = Self.places[place]
        let bytes = try PictureEncoding.png.encode(Self.photo(spots: spots))
        for (name, data) in [
          ("photo.png", Data(bytes)), ("spots.xml", Data(Self.cascade.utf8)),
          ("graph.yaml", Data(graph.utf8)),
        ] {
          try data.write(to: program.folder.appending(path: name))
        }
        let result = try program.easel("run", "graph.yaml", "--out", "out")
        #expect(result.status == 0, "\(result.errors)")
        let found = program.folder.appending(path: "out/count.txt")
        #expect(try String(contentsOf: found, encoding: .utf8) == "\(spots.count)\n")
        try Self.expectChanges(
          from: program.picture("photo.png"), to: program.picture("out/image.png"),
          within: program.picture("out/mask.png"), at: spots)
        if spots.isEmpty {
          #expect(result.errors.contains(graph == Self.graph ? "nothing was found" : "no part"))
        }
      }
    }

    /// Every spot has changed, and what is further from the mask than the seam has kept its bits.
    private static func expectChanges(
      from before: Image, to after: Image, within mask: Image, at spots: [(x: Int, y: Int)]
    ) throws {
      #expect((before.width, before.height) == (after.width, after.height))
      let covered = Mask(
        values: Tensor(
          [mask.height, mask.width],
          mask.pixels.elements.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)))
      // A value that 8 bits do not show may be left of the mask, one pixel beyond.
      let seam = covered.feathered(by: 5).values.elements
      var changed = Set<Int>()
      for (index, pair) in zip(before.pixels.elements, after.pixels.elements).enumerated()
      where pair.0 != pair.1 {
        changed.insert(index / 3)
      }
      #expect(changed.allSatisfy { seam[$0] > 0 })
      for spot in spots { #expect(changed.contains(spot.y * before.width + spot.x)) }
    }
  }
}
