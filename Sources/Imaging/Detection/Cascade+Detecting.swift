import Synchronization
import Tensor

/// Which windows a cascade looks at, and how many must agree.
public struct CascadeSettings: Sendable {
  /// How much larger each scale is than the one before; over 1.
  public var scaleFactor: Double
  /// How many windows must agree on a place beside the first; 0 gives all windows.
  public var minNeighbors: Int
  /// The smallest width and height of a window, in pixels.
  public var minSize: Int
  /// The largest; nil for the picture's.
  public var maxSize: Int?

  /// OpenCV's own settings where nothing else is said.
  public init(
    scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Int = 0, maxSize: Int? = nil
  ) {
    (self.scaleFactor, self.minNeighbors) = (scaleFactor, minNeighbors)
    (self.minSize, self.maxSize) = (minSize, maxSize)
  }
}

/// A cascade lets nearly everything through.
public struct TooManyDetections: Error, Hashable, CustomStringConvertible {
  /// What to change.
  public var description: String {
    "the cascade finds more than \(CascadeLimits.hits) places in the picture; take larger ones alone (`min-size`), "
      + "larger steps (`scale-factor`), or another cascade"
  }
}

extension Cascade {
  /// The rectangles that `CascadeClassifier::detectMultiScale` finds, whatever their order there; here by scale, from
  /// above and from the left. None in a picture that is smaller than the window. Throws `TooManyDetections`, and what
  /// `beforeScale` throws, which is called before each scale.
  public func detect(
    in image: Image, _ settings: CascadeSettings = CascadeSettings(),
    beforeScale: () throws -> Void = {}
  ) throws -> [PixelRegion] {
    let grey = GreyPlane(image)
    let scales = scales(for: image, settings)
    guard let first = scales.first else { return [] }
    // OpenCV cuts each scale into so many stripes, which may leave out its last row.
    let stripes = (grey.scaled(by: first).width + 1 - window.width + 31) / 32
    var hits: [PixelRegion] = []
    for scale in scales {
      try beforeScale()
      hits += self.hits(in: grey, scale: scale, stripes: stripes)
      guard hits.count <= CascadeLimits.hits else { throw TooManyDetections() }
    }
    let picture = image.size.region
    return hits.grouped(over: settings.minNeighbors).compactMap { $0.intersection(picture) }
  }

  /// From the smallest up. Where none is between the two sizes, the one nearest to the smaller.
  private func scales(for image: Image, _ settings: CascadeSettings) -> [Float] {
    var scales: [Float] = []
    var factor = 1.0
    while true {
      let (width, height) = (Double(window.width) * factor, Double(window.height) * factor)
      guard width.rounded(.toNearestOrEven) <= Double(image.width),
        height.rounded(.toNearestOrEven) <= Double(image.height)
      else { break }
      scales.append(Float(factor))
      factor *= settings.scaleFactor
    }
    let (smallest, largest) = (settings.minSize, settings.maxSize ?? .max)
    let fitting = scales.prefix { scale in
      let size = size(at: scale)
      return size.width <= largest && size.height <= largest
    }.filter { scale in
      let size = size(at: scale)
      return size.width >= smallest && size.height >= smallest
    }
    guard fitting.isEmpty else { return fitting }
    return scales.min { distance($0, smallest) < distance($1, smallest) }.map { [$0] } ?? []
  }

  private func distance(_ scale: Float, _ side: Int) -> Int {
    let size = size(at: scale)
    let (x, y) = (side - size.width, side - size.height)
    return x * x + y * y
  }

  /// Of a window, in the picture.
  private func size(at scale: Float) -> PixelSize {
    PixelSize(
      width: (Float(window.width) * scale).whole, height: (Float(window.height) * scale).whole)
  }

  /// The windows that pass at one scale, in the picture.
  private func hits(in grey: GreyPlane, scale: Float, stripes: Int) -> [PixelRegion] {
    let size = grey.scaled(by: scale)
    let (width, height) = (size.width + 1 - window.width, size.height + 1 - window.height)
    guard width > 0, height > 0, stripes > 0 else { return [] }
    let step = scale >= 2 ? 1 : 2
    let stripe = max((height / step + stripes - 1) / stripes, 1) * step
    let rows = Array(stride(from: 0, to: min(stripe * stripes, height), by: step))
    let scan = CascadeScan(self, over: grey.resized(toWidth: size.width, height: size.height))
    let found = Mutex([Int: [Int]]())
    ThreadPool.shared.forEach(rows.count) { index in
      let columns = scan.hits(row: rows[index], columns: stride(from: 0, to: width, by: step))
      if !columns.isEmpty { found.withLock { $0[rows[index]] = columns } }
    }
    let own = self.size(at: scale)
    return found.withLock { $0 }.sorted { $0.key < $1.key }.flatMap { row, columns in
      columns.map { column in
        PixelRegion(
          x: (Float(column) * scale).whole, y: (Float(row) * scale).whole, width: own.width,
          height: own.height)
      }
    }
  }
}

extension GreyPlane {
  /// The size of the picture in which a window of this scale has its smallest size.
  fileprivate func scaled(by scale: Float) -> PixelSize {
    PixelSize(width: (Float(width) / scale).whole, height: (Float(height) / scale).whole)
  }
}

extension Float {
  /// To the nearest, halves to even: OpenCV's `cvRound`.
  var whole: Int { Int(rounded(.toNearestOrEven)) }
}
