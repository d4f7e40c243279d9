import Graph

/// How many pixels of a picture, along each side, one element of a latent stands for.
let latentScale = 8

/// A width or height that has no latent.
struct SizeNotMultiple: Error, CustomStringConvertible {
  var side: String
  var size: Int

  /// The first side of a picture that does not fit; nil where those that are known do.
  init?(in extent: Extent) {
    let sides = [("width", extent.width), ("height", extent.height)]
    for case (let side, let size?) in sides where size % latentScale != 0 {
      (self.side, self.size) = (side, size)
      return
    }
    return nil
  }

  /// Throws where a picture of this size has no latent.
  static func check(width: Int, height: Int) throws {
    if let error = SizeNotMultiple(in: Extent(width: width, height: height)) { throw error }
  }

  var description: String { "the \(side), \(size), is no multiple of \(latentScale)" }
  var fix: String {
    let below = size / latentScale * latentScale
    return below == 0 ? "\(latentScale) would fit" : "\(below) or \(below + latentScale) would fit"
  }
}
