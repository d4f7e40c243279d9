/// The size of an image, a mask or (in pixels of the picture that it decodes to) a latent, as far
/// as it is known when a graph is checked.
public struct Extent: Hashable, Sendable {
  /// In pixels; nil where it is not known.
  public var width: Int?
  /// In pixels; nil where it is not known.
  public var height: Int?

  /// A size of which something may be known.
  public init(width: Int? = nil, height: Int? = nil) {
    self.width = width
    self.height = height
  }

  /// Nothing is known.
  public static let unknown = Extent()
}
