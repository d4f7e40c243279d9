import Tensor

/// A picture in black and white.
public struct Binarization: Sendable {
  /// 1 where the picture is lighter than the threshold, else 0.
  public var mask: Mask
  /// From 0 to 255; a grey that is equal to it becomes black.
  public var threshold: Int

  /// - Parameter threshold: from 0 to 255; nil for Otsu's.
  public init(of image: Image, threshold: Int? = nil) {
    let greys = image.eightBitGreys
    let threshold = threshold ?? otsuThreshold(of: greys)
    self.threshold = threshold
    mask = Mask(
      values: Tensor([image.height, image.width], greys.map { Int($0) > threshold ? 1 : 0 }))
  }
}

extension Image {
  /// Luma after ITU-R BT.601 in 8 bits, with OpenCV's rounding: weights of 15 bits whose sum is 1.
  var eightBitGreys: [UInt8] {
    let samples = StoredRaster<UInt8>(self).samples
    return stride(from: 0, to: samples.count, by: 3).map { start in
      let (red, green, blue) = (
        Int(samples[start]), Int(samples[start + 1]), Int(samples[start + 2])
      )
      return UInt8((9_798 * red + 19_235 * green + 3_735 * blue + 1 << 14) >> 15)
    }
  }
}

/// The threshold that leaves the greatest variance between the two classes: Otsu, "A Threshold Selection Method from
/// Gray-Level Histograms" (1979). The lowest of several, 0 for a picture of one grey.
private func otsuThreshold(of greys: [UInt8]) -> Int {
  var counts = [Int](repeating: 0, count: 256)
  for grey in greys { counts[Int(grey)] += 1 }
  let total = greys.count
  let sum = counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }
  var (below, sumBelow) = (0, 0)
  var best = (threshold: 0, variance: 0.0)
  for (grey, count) in counts.enumerated() {
    below += count
    sumBelow += grey * count
    guard below > 0, below < total else { continue }
    let difference = Double(sum * below - sumBelow * total)
    let variance = difference * difference / (Double(below) * Double(total - below))
    if variance > best.variance { best = (grey, variance) }
  }
  return best.threshold
}
