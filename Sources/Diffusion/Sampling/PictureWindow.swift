import Tensor

/// A part of a picture that is drawn by itself, in pixels from the picture's upper left corner. It may go beyond the
/// picture, whose border goes on there.
public struct PictureWindow: Hashable, Sendable {
  /// The window's rows; negative above the picture.
  public let rows: Range<Int>
  /// The window's columns; negative left of the picture.
  public let columns: Range<Int>
  /// The whole picture's width.
  public let pictureWidth: Int
  /// The whole picture's height.
  public let pictureHeight: Int

  /// Rows and columns of a picture of this size.
  public init(rows: Range<Int>, columns: Range<Int>, pictureWidth: Int, pictureHeight: Int) {
    (self.rows, self.columns) = (rows, columns)
    (self.pictureWidth, self.pictureHeight) = (pictureWidth, pictureHeight)
  }

  /// The picture's row that each of the window's shows.
  var shownRows: [Int] { rows.map { min(max($0, 0), pictureHeight - 1) } }
  /// The picture's column that each of the window's shows.
  var shownColumns: [Int] { columns.map { min(max($0, 0), pictureWidth - 1) } }
}

extension Conditioning {
  /// What a window is drawn by: as much of the areas, masks and ControlNets' pictures of the whole as lies in it.
  ///
  /// Prompts that hold nowhere in the window are left out. Where none is left, the first one stays without a weight:
  /// places without a prompt stay empty, in a window as in the whole.
  /// - Throws: `ControlError` for a ControlNet's picture that is not of the whole picture's size, `ConditioningError`
  ///   for an area outside of the whole picture.
  public func cropped(to window: PictureWindow) throws -> Conditioning {
    let held = try parts.compactMap { try $0.cropped(to: window) }
    guard held.isEmpty else { return Conditioning(held) }
    var silent = parts[0]
    (silent.area, silent.mask, silent.controls, silent.strength) = (nil, nil, [], 0)
    return Conditioning([silent])
  }
}

extension Conditioning.Part {
  /// Nil where the prompt holds nowhere in the window.
  fileprivate func cropped(to window: PictureWindow) throws -> Self? {
    var part = self
    part.controls = try controls.map { try $0.cropped(to: window) }
    if let area {
      try area.verify(width: window.pictureWidth, height: window.pictureHeight)
      guard let held = area.cropped(to: window) else { return nil }
      part.area = held
    }
    if let mask {
      let held = mask.cropped(to: window)
      guard held.values.withElements({ $0.contains { $0 != 0 } }) else { return nil }
      part.mask = held
    }
    return part
  }
}

extension PromptArea {
  /// The part that lies in a window, in pixels from its upper left corner; nil for none. An area that reaches the
  /// picture's border goes on beyond it.
  fileprivate func cropped(to window: PictureWindow) -> PromptArea? {
    let (x, y, width, height) = pixels(pictureWidth: window.pictureWidth, window.pictureHeight)
    guard
      let columns = Self.part(x, width, of: window.pictureWidth, in: window.columns),
      let rows = Self.part(y, height, of: window.pictureHeight, in: window.rows)
    else { return nil }
    return .pixels(
      x: columns.lowerBound - window.columns.lowerBound,
      y: rows.lowerBound - window.rows.lowerBound,
      width: columns.count, height: rows.count)
  }

  private func pixels(
    pictureWidth: Int, _ pictureHeight: Int
  ) -> (x: Int, y: Int, width: Int, height: Int) {
    switch self {
    case .pixels(let x, let y, let width, let height): return (x, y, width, height)
    case .fractions(let x, let y, let width, let height):
      func count(_ share: Float, of whole: Int) -> Int { Int((share * Float(whole)).rounded()) }
      return (
        count(x, of: pictureWidth), count(y, of: pictureHeight), count(width, of: pictureWidth),
        count(height, of: pictureHeight)
      )
    }
  }

  /// Along one axis.
  private static func part(
    _ start: Int, _ count: Int, of whole: Int, in window: Range<Int>
  ) -> Range<Int>? {
    let first = start <= 0 ? window.lowerBound : max(start, window.lowerBound)
    let end = start + count >= whole ? window.upperBound : min(start + count, window.upperBound)
    return first < end ? first..<end : nil
  }
}

extension Tensor {
  /// What a window shows of a picture, `[1, H, W, C]` to `[1, rows, columns, C]`.
  func cropped(to window: PictureWindow) -> Tensor {
    let (rows, columns) = (window.shownRows, window.shownColumns)
    let (width, channels) = (shape[2], shape[3])
    return withElements { pixels in
      Tensor([1, rows.count, columns.count, channels]) { shown in
        var place = 0
        for row in rows {
          for column in columns {
            let source = (row * width + column) * channels
            for channel in 0..<channels { shown[place + channel] = pixels[source + channel] }
            place += channels
          }
        }
      }
    }
  }
}
