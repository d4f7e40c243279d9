import Diffusion
import Engine
import Graph
import Imaging
import Synchronization
import Tensor
import Testing

@testable import Nodes

/// `inpaint-windows`; where the windows are is tested in ImagingTests.
struct InpaintWindowsTests {
  private let image = Image(
    pixels: Tensor([40, 72, 3], (0..<8640).map { Float($0 * 37 % 256) / 255 }))
  private let mask = Mask(
    width: 72, height: 40, covering: Box(x: 32, y: 0, width: 40, height: 40))

  private func inputs(_ mask: Mask) throws -> [String: PortArgument] {
    let text = ["encoder": try PortArgument.part("encoder"), "text": .text("a face")]
    let positive = try #require(try run(EncodeText.self, text)["conditioning"])
    return [
      "model": try .part("model"), "vae": try .part("vae"), "positive": .value(positive),
      "image": .value(image), "mask": .value(mask), "width": 32, "height": 32, "overlap": 4,
      "steps": 1, "cfg": 1.0,
    ]
  }

  @Test func whatIsNotInTheMaskKeepsItsBits() throws {
    let redrawn: Image = try output(of: InpaintWindows.self, "image", inputs(mask))
    for (index, pair) in zip(redrawn.pixels.elements, image.pixels.elements).enumerated()
    where mask.values.elements[index / 3] == 0 {
      #expect(pair.0 == pair.1)
    }
    let right = PixelRegion(x: 64, y: 30, width: 8, height: 10)
    #expect(
      redrawn.cropped(to: right).pixels.elements != image.cropped(to: right).pixels.elements)
  }

  @Test func anEmptyMaskChangesNothing() throws {
    let empty = Mask(width: 72, height: 40, filledWith: 0)
    let redrawn: Image = try output(of: InpaintWindows.self, "image", inputs(empty))
    #expect(redrawn.pixels.elements == image.pixels.elements)
  }

  @Test func modelsForInpaintingAreShownThePicture() throws {
    let plain = try inputs(mask)
    let wide = try WideModel(channels: 5, weight: 0.25)
    let seen: Image = try output(
      of: InpaintWindows.self, "image", plain.merging(["model": wide.model()]) { $1 })
    let unseen: Image = try output(of: InpaintWindows.self, "image", plain)
    #expect(seen.pixels.elements != unseen.pixels.elements)
  }

  @Test func stepsAreCountedOverAllWindows() throws {
    let steps = Steps()
    let context = RunContext(
      node: NodeID("test"), progress: { step, count, _ in steps.add(step, of: count) })
    _ = try Invocation(InpaintWindows.self, inputs: inputs(mask)).run(context)
    let windows = InpaintWindow.covering(mask, width: 32, height: 32, overlap: 4, beforeWindow: {})
      .count
    #expect(windows > 1)
    #expect(steps.all == (1...windows).map { [$0, windows] })
  }

  /// What is given for the whole picture beside the prompt.
  enum Placing: CaseIterable { case area, mask, control }

  /// The prompt of the tests with what lies in a region of the picture.
  private func placed(_ placing: Placing, in region: PixelRegion) throws -> PortArgument {
    let prompt = try #require(try inputs(mask)["positive"])
    let place: [String: any PortValue]
    switch placing {
    case .area:
      // From column 36 to the picture's end.
      let start = 36 - region.x
      place = try run(
        ConditioningArea.self,
        [
          "conditioning": prompt, "x": .int(start), "width": .int(region.width - start),
          "height": .int(region.height),
        ])
    case .mask:
      let half = Mask(width: 72, height: 40, covering: Box(x: 0, y: 0, width: 45, height: 40))
      place = try run(
        ConditioningMask.self,
        ["conditioning": prompt, "mask": .value(half.cropped(to: region))])
    case .control:
      return .value(try controlled(by: image.cropped(to: region)))
    }
    return .value(try #require(place["conditioning"]))
  }

  private func controlled(by picture: Image) throws -> Conditioning {
    let control = try DefaultControlNet()
    let file = PortArgument.constant(.path(.init(written: "control", resolved: control.path)))
    return try output(
      of: ApplyControlNet.self, "positive",
      [
        "positive": try #require(try inputs(mask)["positive"]), "image": .value(picture),
        "controlnet": .value(
          try #require(try run(LoadControlNet.self, ["file": file])["controlnet"])),
      ])
  }

  /// A window of the picture is drawn like a picture of its own, by the part of all prompts that lies in it.
  @Test(arguments: Placing.allCases) func windowsTakeTheirPartOfThePrompts(_ placing: Placing)
    throws
  {
    let hole = Mask(width: 72, height: 40, covering: Box(x: 40, y: 12, width: 8, height: 8))
    let windows = InpaintWindow.covering(hole, width: 32, height: 32, overlap: 4, beforeWindow: {})
    let region = try #require(windows.first).region
    #expect(windows.count == 1 && region.x > 0 && region.y > 0)
    func drawn(_ part: PixelRegion, _ placing: Placing?) throws -> [Float] {
      var values = try inputs(hole.cropped(to: part))
      values["image"] = .value(image.cropped(to: part))
      if let placing { values["positive"] = try placed(placing, in: part) }
      let redrawn: Image = try output(of: InpaintWindows.self, "image", values)
      return (part == region ? redrawn : redrawn.cropped(to: region)).pixels.elements
    }
    let whole = PixelRegion(x: 0, y: 0, width: 72, height: 40)
    let expected = try drawn(region, placing)
    #expect(try drawn(whole, placing) == expected)
    #expect(try drawn(whole, nil) != expected)
  }

  @Test func picturesToFollowAreOfThePicturesSize() throws {
    let region = PixelRegion(x: 0, y: 0, width: 32, height: 32)
    let window = try inputs(mask).merging(["positive": placed(.control, in: region)]) { $1 }
    #expect(throws: ControlError.hintSize(expected: "72x40", found: "32x32")) {
      try run(InpaintWindows.self, window)
    }
  }

  /// What a step is thought to take grows by the ControlNet, as for `sample`.
  @Test func controlNetsCountAsMemory() throws {
    let plain = try inputs(mask).merging(["width": 512, "height": 512, "cfg": 3.0]) { $1 }
    let whole = PixelRegion(x: 0, y: 0, width: 72, height: 40)
    let control = try placed(.control, in: whole)
    for port in ["positive", "negative"] {
      let controlled = plain.merging([port: control]) { $1 }
      #expect(
        try Invocation(InpaintWindows.self, inputs: controlled).peakBytes
          > Invocation(InpaintWindows.self, inputs: plain).peakBytes)
    }
  }

  private static let graph = """
      checkpoint: { uses: load-checkpoint }
      text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a face }
      words: { uses: draw-text, text: x, width: 72, height: 40 }
      wide: { uses: pad-for-outpaint, image: "${words.image}", right: 30 }
      net: { uses: load-controlnet, file: default-edges }
      shown: { uses: apply-controlnet, positive: "${text}", controlnet: "${net}", image: "${words.image}" }
      drawn:
        uses: inpaint-windows
        model: ${checkpoint.model}
        vae: ${checkpoint.vae}
        positive: ${text}
        image: ${wide.image}
        mask: ${wide.mask}
        width: 128
    outputs: { image: "${drawn}" }

    """

  @Test func sizesAreKnown() {
    let check = Checking(Self.graph)
    #expect(check.findings == [])
    #expect(check.type(of: "drawn", "image") == "image<102x40>")
  }

  @Test(arguments: [
    ("width: 128", "width: 100", "invalid-size: the width, 100, is no multiple of 8"),
    (
      "mask: ${wide.mask}", "mask: ${words.mask}",
      "size-mismatch: `mask` is 72x40, and `image` is 102x40"
    ),
    (
      "positive: ${text}", "positive: ${shown.positive}",
      "size-mismatch: `positive` is for a picture of another size than `image`: 72 and 102 pixels"
    ),
  ])
  func mistakesAreFoundWhenTheGraphIsChecked(_ old: String, _ new: String, _ finding: String) {
    #expect(Self.graph.contains(old))
    #expect(Checking(Self.graph.replacing(old, with: new)).findings == [finding])
  }
}

/// The steps that a node tells of, in their order.
private final class Steps: Sendable {
  private let list = Mutex<[[Int]]>([])
  var all: [[Int]] { list.withLock(\.self) }
  func add(_ step: Int, of count: Int) { list.withLock { $0.append([step, count]) } }
}
