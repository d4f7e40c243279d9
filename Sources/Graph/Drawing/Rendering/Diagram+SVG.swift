extension Diagram {
  /// What is said of a box beside what the graph says of it.
  public struct Decoration: Sendable {
    /// A class of the box for style sheets.
    public var style: String?
    /// Where a click on the box leads.
    public var link: String?
    /// A line of the box's tooltip.
    public var note: String?

    /// A decoration of these parts.
    public init(style: String? = nil, link: String? = nil, note: String? = nil) {
      self.style = style
      self.link = link
      self.note = note
    }
  }

  /// A picture that needs nothing else: an SVG document, from left to right, in light colours or dark
  /// ones as the reader prefers. `decorations` are by index of the box.
  public func svg(decorations: [Int: Decoration] = [:]) -> String {
    SVGWriter(self, decorations).document
  }
}
