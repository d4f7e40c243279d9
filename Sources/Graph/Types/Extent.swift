/// The size of an image, a mask or (in pixels of the picture that it decodes to) a latent, as far
/// as it is known when a graph is checked.
public struct Extent: Hashable, Sendable {
  public var width: Int?
  public var height: Int?

  public init(width: Int? = nil, height: Int? = nil) {
    self.width = width
    self.height = height
  }

  /// Nothing is known.
  public static let unknown = Extent()
}
