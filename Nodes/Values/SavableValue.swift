import Diffusion
import Engine
import Imaging

/// A value that a file can hold.
public protocol SavableValue: PortValue {
  /// Without the dot.
  static func fileExtension(for encoding: PictureEncoding) -> String

  /// The file's content.
  ///
  /// - Parameters:
  ///   - encoding: how pictures are saved; of no meaning for anything else.
  ///   - record: says how the value was made, as JSON, for formats that can carry it. It holds the
  ///     whole graph, and is made for those alone.
  func fileBytes(as encoding: PictureEncoding, record: () throws -> String) throws -> [UInt8]
}

/// The keyword of the text that says how a picture was made.
public let recordKeyword = "easel"

extension Image: SavableValue {
  /// That of the format.
  public static func fileExtension(for encoding: PictureEncoding) -> String {
    encoding.fileExtension
  }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(
    as encoding: PictureEncoding, record: () throws -> String
  ) throws -> [UInt8] {
    try encoding.encode(self, text: [(recordKeyword, record())])
  }
}

extension Mask: SavableValue {
  /// That of the format.
  public static func fileExtension(for encoding: PictureEncoding) -> String {
    encoding.fileExtension
  }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(
    as encoding: PictureEncoding, record: () throws -> String
  ) throws -> [UInt8] {
    try encoding.encode(self, text: [(recordKeyword, record())])
  }
}

extension SavableValue where Self: ScalarPortValue {
  /// Scalars are saved as a line of text.
  public static func fileExtension(for encoding: PictureEncoding) -> String { "txt" }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(
    as encoding: PictureEncoding, record: () throws -> String
  ) throws -> [UInt8] {
    Array((scalar.display + "\n").utf8)
  }
}

extension Int: SavableValue {}
extension Double: SavableValue {}
extension Bool: SavableValue {}
extension String: SavableValue {}
extension Seed: SavableValue {}
extension FilePath: SavableValue {}

/// In a list of lists, such as regions, each of scalars is a line of text, with blanks between them.
extension Array: SavableValue where Element: SavableValue & ScalarPortValue {
  /// That of a text.
  public static func fileExtension(for encoding: PictureEncoding) -> String { "txt" }
  /// The line.
  public func fileBytes(
    as encoding: PictureEncoding, record: () throws -> String
  ) throws -> [UInt8] {
    Array<UInt8>((map(\.scalar.display).joined(separator: " ") + "\n").utf8)
  }
}

/// A value that is saved as the safetensors file that the store holds too.
protocol SavableTensors: SavableValue {}

extension SavableTensors {
  static func fileExtension(for encoding: PictureEncoding) -> String { "safetensors" }
  func fileBytes(as encoding: PictureEncoding, record: () throws -> String) throws -> [UInt8] {
    try Self.storage?.encode(self) ?? []
  }
}

extension Latent: SavableTensors {}
