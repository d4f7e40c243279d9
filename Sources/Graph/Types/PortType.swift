/// The type of a port, of a graph's input or output, and of an expression.
public indirect enum PortType: Hashable, Sendable {
  case int
  case float
  case bool
  case text
  /// One of a fixed list of words.
  case choice([String])
  case path
  case color
  /// A whole number from 0 up, the start of a random generator.
  case seed
  /// A width and a height, in pixels.
  case size
  case image(Extent)
  case mask(Extent)
  case latent(FamilyTerm, Extent)
  /// A model or another thing without a picture's shape, with its family where it has one.
  case handle(Handle, FamilyTerm?)
  case list(PortType)
  /// What may be missing because a `when` did not hold: `??` puts something in its place.
  case optional(PortType)
  /// Any type whatever: of ports of nodes that only hand things on.
  case any

  /// What a handle is a handle of.
  public enum Handle: String, Hashable, Sendable, CaseIterable {
    case conditioning
    case model
    case textEncoder = "text-encoder"
    case vae
    case controlnet
    case imageEncoder = "image-encoder"
    case upscaler
    case detector
  }
}
