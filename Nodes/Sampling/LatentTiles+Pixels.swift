import Diffusion
import Graph

extension LatentTiles {
  /// Of a picture, in pixels. Without an overlap, a fourth of the tile.
  init(pixels: Int, overlap: Int?) {
    self.init(size: pixels / latentScale, overlap: (overlap ?? pixels / 4) / latentScale)
  }
}

/// Tiles that a latent cannot be cut into.
enum TileError: Error, Hashable, CustomStringConvertible {
  case notMultiple(Int)
  case overlapTooLarge(Int, tile: Int)

  /// Throws for what does not fit; both in pixels.
  static func check(_ tile: Int, overlap: Int?) throws {
    if !tile.isMultiple(of: latentScale) { throw notMultiple(tile) }
    if let overlap, 2 * overlap > tile { throw overlapTooLarge(overlap, tile: tile) }
  }

  var description: String {
    switch self {
    case .notMultiple(let tile):
      "a tile of \(tile) pixels is no multiple of \(latentScale): "
        + "take \(tile / latentScale * latentScale) or \((tile / latentScale + 1) * latentScale)"
    case .overlapTooLarge(let overlap, let tile):
      "tiles of \(tile) pixels cannot share \(overlap): take at most \(tile / 2), half of the tile"
    }
  }

  /// The port that is at fault.
  fileprivate var port: String {
    switch self {
    case .notMultiple: "tile"
    case .overlapTooLarge: "overlap"
    }
  }
}

extension Inference {
  /// Finds fault with tiles that are known and do not fit latents, and warns of an overlap of none.
  mutating func requireTiles() throws {
    if inputs["tile"] == nil, inputs["overlap"] != nil {
      warn(
        .needlessValue, port: "overlap", "without `tile`, `overlap` changes nothing",
        help: "say `tile`, or leave `overlap` out")
    }
    guard let tile = constantInt("tile"), !isOpen("overlap") else { return }
    do {
      try TileError.check(tile, overlap: constantInt("overlap"))
    } catch let error as TileError {
      throw InferenceFailure(.invalidValue, port: error.port, others: ["tile"], "\(error)")
    }
  }
}
