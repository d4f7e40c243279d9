import Tensor
import Testing

@testable import Imaging

/// The windows in which a masked part of a picture is drawn.
struct InpaintWindowTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var size: (width: Int, height: Int)
    var box: Box
    /// How many windows of 64x64 with a margin of 8 it takes.
    var count: Int
    var testDescription: String { name }

    var mask: Mask { Mask(width: size.width, height: size.height, covering: box) }
    var windows: [InpaintWindow] {
      InpaintWindow.covering(mask, width: 64, height: 64, overlap: 8, beforeWindow: {})
    }
  }

  static let cases = [
    Case(
      name: "nothing", size: (90, 80), box: Box(x: 0, y: 0, width: 0, height: 0), count: 0),
    Case(
      name: "a part", size: (90, 80), box: Box(x: 30, y: 30, width: 20, height: 10), count: 1),
    Case(
      name: "a side", size: (96, 64), box: Box(x: 64, y: 0, width: 32, height: 64), count: 1),
    Case(
      name: "a wide side", size: (190, 64), box: Box(x: 64, y: 0, width: 126, height: 64),
      count: 4),
    Case(
      name: "a long side", size: (96, 200), box: Box(x: 64, y: 0, width: 32, height: 200),
      count: 4),
    Case(
      name: "a small picture", size: (40, 30), box: Box(x: 30, y: 0, width: 10, height: 30),
      count: 1),
    Case(name: "all", size: (150, 70), box: Box(x: 0, y: 0, width: 150, height: 70), count: 7),
    Case(
      name: "far from the sides", size: (500, 400),
      box: Box(x: 300, y: 250, width: 90, height: 20), count: 2),
    Case(name: "a pixel", size: (1, 1), box: Box(x: 0, y: 0, width: 1, height: 1), count: 1),
  ]

  @Test(arguments: cases) func everythingIsKeptOfSomeWindow(_ given: Case) {
    let windows = given.windows
    #expect(windows.count == given.count)
    var kept = Mask(width: given.size.width, height: given.size.height, filledWith: 0)
    for window in windows {
      for size in [window.drawn, window.kept] {
        #expect((size.width, size.height) == (64, 64))
      }
      kept = kept.painted(over: window)
    }
    #expect(kept.values.elements == given.mask.values.elements)
  }

  /// Nothing is kept outside of the mask, and at a window's sides only where the picture ends.
  @Test(arguments: cases) func windowsEndSoftly(_ given: Case) {
    let (mask, width, height) = (given.mask.values.elements, given.size.width, given.size.height)
    for window in given.windows {
      let drawn = window.drawn.values.elements
      for (place, value) in window.kept.values.elements.enumerated() where value > 0 {
        let (x, y) = (place % 64 + window.region.x, place / 64 + window.region.y)
        guard 0..<width ~= x, 0..<height ~= y else { continue }
        let isAtSide = place % 64 == 0 && x > 0 || place % 64 == 63 && x < width - 1
        #expect(mask[y * width + x] > 0 && drawn[place] >= value && !isAtSide)
      }
    }
  }

  /// What is looked at is little more than the mask, and windows are where they are in a smaller picture.
  @Test func whatIsFarFromTheMaskDoesNotCount() {
    func windows(_ size: (width: Int, height: Int), x: Int, y: Int) -> [InpaintWindow] {
      let box = Box(x: Double(x), y: Double(y), width: 130, height: 90)
      let mask = Mask(width: size.width, height: size.height, covering: box)
      return InpaintWindow.covering(mask, width: 64, height: 64, overlap: 8, beforeWindow: {})
    }
    let (small, large) = (windows((400, 300), x: 120, y: 100), windows((1200, 900), x: 520, y: 500))
    #expect(small.count == large.count && small.count > 4)
    for (one, other) in zip(small, large) {
      #expect((one.region.x, one.region.y) == (other.region.x - 400, other.region.y - 400))
      #expect(one.drawn.values.elements == other.drawn.values.elements)
      #expect(one.kept.values.elements == other.kept.values.elements)
    }
  }

  @Test func theSearchCanBeEnded() {
    struct Ended: Error {}
    let mask = Mask(width: 200, height: 64, filledWith: 1)
    var count = 0
    #expect(throws: Ended.self) {
      _ = try InpaintWindow.covering(mask, width: 64, height: 64, overlap: 8) {
        count += 1
        if count == 3 { throw Ended() }
      }
    }
    #expect(count == 3)
  }

  @Test func windowsBeginWhereTheMostIsKnown() {
    let first = Self.cases[3].windows.first
    #expect(first?.region == PixelRegion(x: 36, y: 0, width: 64, height: 64))
  }
}

extension Mask {
  /// The greater of this and of what is kept of a window.
  fileprivate func painted(over window: InpaintWindow) -> Mask {
    let part = PixelRegion(
      x: -window.region.x, y: -window.region.y, width: width, height: height)
    let room = Mask(width: 64, height: 64, filledWith: 0)
    let padded = window.kept.cropped(to: part)
    let inside = Mask(
      width: width, height: height,
      covering: Box(
        x: Double(window.region.x), y: Double(window.region.y), width: Double(room.width),
        height: Double(room.height)))
    return combined(with: padded.combined(with: inside, by: .intersect), by: .union)
  }
}
