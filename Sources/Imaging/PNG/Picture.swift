/// What a PNG file holds.
public struct Picture: Sendable {
  /// The colours, not multiplied by their opacity.
  public let image: Image
  /// How opaque each pixel is; nil where the file does not say.
  public let alpha: Mask?
  /// The text chunks, in the order of the file.
  public let text: [(keyword: String, text: String)]

  /// Reads a file of any colour type and bit depth, interlaced or not. A value of n bits becomes a
  /// fraction of 2^n - 1; colour profiles and gamma are left aside. Throws `ImageFileError`.
  ///
  /// A damaged chunk that the pixels do not need, such as a text, is skipped. At most 30 texts are
  /// kept; one of more than 64 million bytes counts as damage to the file.
  public init(readingFrom path: String) throws {
    try self.init(decoding: InputFile.read(path), path: path)
  }

  /// Reads the bytes of such a file.
  ///
  /// - Parameter path: the file's name, for errors.
  public init(decoding bytes: [UInt8], path: String) throws {
    _ = try ImageHeader(bytes, path: path)
    do {
      self = try bytes.withUnsafeBufferPointer { bytes in
        let decoder = try PNGDecoder(bytes)
        let (image, alpha) = try decoder.readPixels()
        return Picture(image: image, alpha: alpha, text: decoder.texts)
      }
    } catch let failure as PNGFailure {
      throw ImageFileError(file: path, problem: .broken(reason: failure.reason))
    }
  }

  private init(image: Image, alpha: Mask?, text: [(keyword: String, text: String)]) {
    self.image = image
    self.alpha = alpha
    self.text = text
  }
}
