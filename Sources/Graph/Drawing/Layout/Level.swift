/// What stands side by side in one frame, or in none: boxes, frames seen from outside, and the places
/// where edges go in and out.
struct Level {
  /// A thing to be placed.
  struct Item {
    enum Place {
      case anywhere
      /// In the first layer: where edges come in.
      case first
      /// In the last layer.
      case last
    }

    /// What the item itself and the label of its outputs take.
    var width: Double
    var height: Double
    /// The part of the width, from the left, that is the item's own.
    var bodyWidth: Double
    /// The heights at which edges come in and go out, from the top.
    var inputs: [Double]
    var outputs: [Double]
    var place = Place.anywhere
    /// Whether nothing is seen of it but the edge that passes.
    var isTerminal = false
  }

  /// From an output of an item to an input of another.
  struct Edge: Hashable {
    var source: Int
    var output: Int
    var target: Int
    var input: Int
  }

  var items: [Item] = []
  /// Each once.
  var edges: [Edge] = []
}

/// Where the things of a level are.
struct LevelLayout {
  var width: Double
  var height: Double
  /// The upper left corners of the items.
  var places: [Point]
  /// The way of each edge, from the right of an item's body to the left of another's.
  var routes: [Level.Edge: [Rail]]
}
