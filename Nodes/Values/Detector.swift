import Diffusion
import Engine
import Graph
import Imaging

/// What finds things of one kind in pictures. The handle holds a cascade's trees; a network's weights are mapped.
enum Detector: Sendable {
  case cascade(Cascade)
  case network(RegionDetector)

  /// Opens a cascade, where the file is XML, or a network. Throws `CascadeError`, `SafetensorsError` or
  /// `CheckpointError`.
  init(opening path: String) throws {
    self =
      Cascade.isXML(at: path)
      ? .cascade(try Cascade(readingFrom: path)) : .network(try RegionDetector(opening: path))
  }
}

extension Detector: PortValue {
  static var portType: PortType { .handle(.detector, nil) }
  /// Handles are not stored.
  static var storage: PortStorage<Self>? { nil }
  /// Nothing to speak of.
  var byteCount: Int { 0 }
}

/// What counts as found: networks have a threshold, cascades windows that agree.
struct DetectionSettings {
  var threshold: Double
  var cascade: CascadeSettings

  /// Throws what the detectors throw, and `CancellationError`.
  func regions(
    _ detector: Detector, in image: Image, _ context: RunContext
  ) throws -> [PixelRegion] {
    switch detector {
    case .cascade(let cascade):
      return try cascade.detect(in: image, self.cascade) { try context.checkCancellation() }
    case .network(let network):
      let sizes = cascade.minSize...max(cascade.maxSize ?? .max, cascade.minSize)
      return try boxes(network, in: image).filter {
        sizes.contains($0.width) && sizes.contains($0.height)
      }
    }
  }

  /// The boxes of a network, the surest first, in whole pixels and inside the picture.
  private func boxes(_ network: RegionDetector, in image: Image) throws -> [PixelRegion] {
    let small = image.reduced(toLongestSide: network.reach)
    let scaleX = Float(image.width) / Float(small.width)
    let scaleY = Float(image.height) / Float(small.height)
    let whole = PixelRegion(x: 0, y: 0, width: image.width, height: image.height)
    return try network(small.signedPixels, threshold: Float(threshold)).compactMap { box in
      let (left, top) = ((box.x * scaleX).rounded(), (box.y * scaleY).rounded())
      let right = ((box.x + box.width) * scaleX).rounded()
      let bottom = ((box.y + box.height) * scaleY).rounded()
      guard right > left, bottom > top else { return nil }
      return PixelRegion(
        x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top)
      ).intersection(whole)
    }
  }
}

extension Image {
  /// The picture, made smaller by the mean of pixels where a side is longer.
  fileprivate func reduced(toLongestSide limit: Int) -> Image {
    let longest = max(width, height)
    guard longest > limit else { return self }
    func reduced(_ side: Int) -> Int { max((side * limit + longest / 2) / longest, 1) }
    return resized(toWidth: reduced(width), height: reduced(height), filter: .area)
  }
}
