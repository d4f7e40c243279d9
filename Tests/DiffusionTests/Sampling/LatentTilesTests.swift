import Tensor
import Testing

@testable import Diffusion

struct LatentTilesTests {
  @Test(arguments: [
    (16, 4, 16), (16, 4, 17), (16, 4, 40), (16, 0, 64), (8, 8, 100), (5, 2, 31), (1, 0, 3),
    (64, 8, 7),
  ])
  func tilesCoverALineAndOverlap(size: Int, overlap: Int, length: Int) {
    let tiles = LatentTiles(size: size, overlap: overlap)
    let ranges = tiles.ranges(of: length)
    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == length)
    #expect(ranges.allSatisfy { $0.count == min(size, length) })
    for (range, next) in zip(ranges, ranges.dropFirst()) {
      #expect(range.upperBound - next.lowerBound >= tiles.overlap)
      #expect(next.lowerBound > range.lowerBound)
    }
    for place in 0..<length {
      let weights = ranges.filter { $0.contains(place) }
        .map { tiles.weight(place, in: $0, of: length) }
      #expect(!weights.isEmpty && weights.allSatisfy { $0 > 0 && $0 <= 1 })
    }
  }

  @Test func weightsFallOnlyTowardsInnerEnds() {
    let tiles = LatentTiles(size: 8, overlap: 3)
    let weights = (0..<8).map { tiles.weight($0, in: 0..<8, of: 13) }
    #expect(weights.prefix(5).allSatisfy { $0 == 1 })
    for (weight, expected) in zip(weights.suffix(3), [25.0 / 27, 0.5, 2.0 / 27]) {
      #expect(abs(Double(weight) - expected) < 1e-6)
    }
  }

  /// What a prompt of an area weighs in the tiles adds up in proportion to what it weighs in the whole.
  @Test func promptsAreCutAtTheTiles() {
    var part = Conditioning.Part(context: Tensor([1, 1, 1], [0]))
    part.area = .pixels(x: 16, y: 0, width: 80, height: 64)
    let whole = LatentArea(height: 8, width: 16)
    let prompt = PlacedPrompt(part, text: 0, .positive, scale: 8, height: 8, width: 16)
    let tiles = LatentTiles(size: 8, overlap: 2)
    let cut = tiles.areas(height: 8, width: 16).map {
      prompt.restricted(to: $0, of: tiles, in: whole, scale: 8)
    }
    #expect(cut.map { $0?.area.columns } == [2..<8, 4..<12, 8..<12])
    #expect(cut.allSatisfy { $0?.area.rows == 0..<8 })
    for place in 2..<12 {
      var (sum, total) = (Float(0), Float(0))
      for (tile, prompt) in zip(tiles.areas(height: 8, width: 16), cut) {
        guard tile.columns.contains(place), let prompt else { continue }
        sum += prompt.weights[place - prompt.area.columns.lowerBound]
        total += tiles.weight(place, in: tile.columns, of: 16)
      }
      #expect(abs(sum / total - prompt.weights[place - 2]) < 1e-6)
    }
    #expect(cut[0]?.part.sizes == SizeConditioning(width: 64, height: 64))
  }
}
