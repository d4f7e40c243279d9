/// What the file of a picture holds.
public struct Picture: Sendable {
  /// The colours, not multiplied by their opacity.
  public let image: Image
  /// How opaque each pixel is; nil where the file does not say.
  public let alpha: Mask?
  /// The texts that the file carries, in its order.
  public let text: [(keyword: String, text: String)]

  /// Reads a PNG, JPEG or WebP file, which its content decides, not its name. Throws
  /// `ImageFileError`.
  ///
  /// - Values: a value of n bits becomes a fraction of 2^n - 1.
  /// - Colours: an ICC profile is followed, see `StoredRaster.following`; PNG's own gamma and chromaticities
  ///   are left aside. CMYK without a profile becomes RGB as in `StoredRaster.withoutInk`.
  /// - Orientation: JPEG and WebP pictures are turned as their EXIF data say.
  /// - Damage: what the pixels need must be whole; a damaged text, profile or EXIF block counts as
  ///   none. An animated WebP file is refused; of an animated PNG file the still picture is read.
  /// - Texts: those of PNG, at most 30 of at most 64 million bytes; comments of JPEG; of WebP those
  ///   that `WebP` writes.
  public init(readingFrom path: String) throws {
    try self.init(decoding: InputFile.read(path), path: path)
  }

  /// Reads the bytes of such a file.
  ///
  /// - Parameter path: the file's name, for errors.
  public init(decoding bytes: [UInt8], path: String) throws {
    _ = try ImageHeader(bytes, path: path)
    let format = try PictureFormat(of: bytes)
    do {
      self =
        switch format {
        case .png: try PNGDecoder.picture(bytes)
        case .jpeg: try JPEGDecoder.picture(bytes)
        case .webP: try WebPDecoder.picture(bytes)
        }
    } catch let failure as CodecFailure {
      throw ImageFileError(file: path, problem: .broken(format, reason: failure.reason))
    }
  }

  /// - Parameter profile: an ICC profile of the raster's colours.
  init<Sample>(
    _ raster: StoredRaster<Sample>, profile: [UInt8]?, orientation: Orientation = .upright,
    text: [(keyword: String, text: String)]
  ) {
    let raster = raster.turned(orientation)
    image = raster.image(profile: profile)
    alpha = raster.alpha
    self.text = text
  }
}
