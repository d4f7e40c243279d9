/// A picture in grey of 8 bits.
struct GreyPlane: Hashable, Sendable {
  var width, height: Int
  /// `[height, width]`.
  var samples: [UInt8]
}

extension GreyPlane {
  /// As OpenCV's `cvtColor` makes it of a picture of 8 bits.
  init(_ image: Image) {
    self.init(width: image.width, height: image.height, samples: image.eightBitGreys)
  }

  /// In another size, as OpenCV's `resize` with `INTER_LINEAR_EXACT` makes it: of the four nearest pixels, with
  /// weights in steps of 1/256.
  func resized(toWidth width: Int, height: Int) -> GreyPlane {
    guard (width, height) != (self.width, self.height) else { return self }
    let columns = LinearTap.taps(from: self.width, to: width)
    let rows = LinearTap.taps(from: self.height, to: height)
    var target = [UInt8](repeating: 0, count: width * height)
    samples.withUnsafeBufferPointer { samples in
      for (y, row) in rows.enumerated() {
        let (above, below) = (row.first * self.width, row.second * self.width)
        for (x, column) in columns.enumerated() {
          let sum =
            row.complement * column.mix(samples, above) + row.weight * column.mix(samples, below)
          target[y * width + x] = UInt8((sum + 1 << 15) >> 16)
        }
      }
    }
    return GreyPlane(width: width, height: height, samples: target)
  }
}

/// Two neighbouring samples, and how much the second counts, in 256ths.
private struct LinearTap {
  var first, second, weight: Int
  var complement: Int { 256 - weight }

  static func taps(from source: Int, to target: Int) -> [LinearTap] {
    let step = 1 / (Double(target) / Double(source))
    return (0..<target).map { index in
      let place = step * (Double(index) + 0.5) - 0.5
      let first = Int(place.rounded(.down))
      guard first >= 0 else { return LinearTap(first: 0, second: 0, weight: 0) }
      guard first < source - 1 else {
        return LinearTap(first: source - 1, second: source - 1, weight: 0)
      }
      let weight = ((place - Double(first)) * 256).rounded(.toNearestOrEven)
      return LinearTap(first: first, second: first + 1, weight: Int(weight))
    }
  }

  /// In 256ths.
  func mix(_ samples: UnsafeBufferPointer<UInt8>, _ row: Int) -> Int {
    complement * Int(samples[row + first]) + weight * Int(samples[row + second])
  }
}
