/// What is known of a conditioning or another handle when a graph is checked, beside its family.
public struct HandleFacts: Hashable, Sendable {
  /// Of a conditioning, the size of the pictures that it is for; nil where it fits all, or nothing is known.
  public var pictureSize: Extent?
  /// Of an upscaler, how many times as wide and high pictures become.
  public var scale: Int?

  /// What may be known.
  public init(pictureSize: Extent? = nil, scale: Int? = nil) {
    (self.pictureSize, self.scale) = (pictureSize, scale)
  }
}

extension HandleFacts {
  /// What holds of one of two values, whichever it will be. A conditioning that is for one size cannot be taken for
  /// another where its side is taken, whatever the other side fits.
  init(ofEither first: HandleFacts?, _ second: HandleFacts?) {
    self.init(
      pictureSize: Self.only([first, second].compactMap { $0?.pictureSize }),
      scale: first?.scale == second?.scale ? first?.scale : nil)
  }

  /// What is known of a conditioning that is made of others.
  init(combining given: some Collection<HandleFacts>) {
    self.init(pictureSize: Self.only(given.compactMap(\.pictureSize)))
  }

  /// The one size that there is; nil for none or several.
  private static func only(_ sizes: [Extent]) -> Extent? {
    sizes.allSatisfy { $0 == sizes[0] } ? sizes.first : nil
  }
}
