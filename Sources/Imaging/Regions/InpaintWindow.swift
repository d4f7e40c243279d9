/// A part of a picture that is drawn anew at once.
public struct InpaintWindow: Sendable {
  /// Where it is; it goes beyond a picture that is smaller.
  public let region: PixelRegion
  /// What of it is still to be drawn, of the region's size.
  public let drawn: Mask
  /// What of it is kept, with a soft edge over what was drawn before; the rest is drawn again by another window.
  public let kept: Mask

  /// Windows of one size in which, one after the other, all is drawn that a mask covers: each begins where the most is
  /// known, sees what those before it have drawn, and keeps what it has drawn but for a margin.
  ///
  /// - Parameters:
  ///   - mask: where its value is 0, nothing is kept of any window.
  ///   - width: a window's, in pixels.
  ///   - height: a window's, in pixels.
  ///   - overlap: the margin, in pixels; a quarter of a window at most.
  ///   - beforeWindow: called before each is looked for; what it throws ends that.
  public static func covering(
    _ mask: Mask, width: Int, height: Int, overlap: Int, beforeWindow: () throws -> Void
  ) rethrows -> [InpaintWindow] {
    var windows: [InpaintWindow] = []
    guard
      var open = OpenPixels(
        mask: mask, window: PixelSize(width: width, height: height),
        overlap: min(overlap, width / 4, height / 4))
    else { return windows }
    while true {
      try beforeWindow()
      guard let region = open.bestRegion() else { return windows }
      windows.append(open.close(region))
    }
  }
}
