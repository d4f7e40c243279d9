import Diffusion
import Engine
import Imaging

/// A value that a file can hold.
public protocol SavableValue: PortValue {
  /// Without the dot.
  static var fileExtension: String { get }

  /// The file's content.
  ///
  /// - Parameter record: says how the value was made, as JSON, for formats that can carry it. It holds the
  ///   whole graph, and is made for those alone.
  func fileBytes(record: () throws -> String) throws -> [UInt8]
}

/// The keyword of the text chunk that says how a picture was made.
public let recordKeyword = "easel"

extension Image: SavableValue {
  /// Pictures are saved as PNG.
  public static var fileExtension: String { "png" }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(record: () throws -> String) throws -> [UInt8] {
    try PNG.encode(self, text: [(recordKeyword, record())])
  }
}

extension Mask: SavableValue {
  /// Pictures are saved as PNG.
  public static var fileExtension: String { "png" }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(record: () throws -> String) throws -> [UInt8] {
    try PNG.encode(self, text: [(recordKeyword, record())])
  }
}

extension SavableValue where Self: ScalarPortValue {
  /// Scalars are saved as a line of text.
  public static var fileExtension: String { "txt" }
  /// The file; throws what the encoding of its format throws.
  public func fileBytes(record: () throws -> String) throws -> [UInt8] {
    Array((scalar.display + "\n").utf8)
  }
}

extension Int: SavableValue {}
extension Double: SavableValue {}
extension Bool: SavableValue {}
extension String: SavableValue {}
extension Seed: SavableValue {}
extension FilePath: SavableValue {}

/// A value that is saved as the safetensors file that the store holds too.
protocol SavableTensors: SavableValue {}

extension SavableTensors {
  static var fileExtension: String { "safetensors" }
  func fileBytes(record: () throws -> String) throws -> [UInt8] {
    try Self.storage?.encode(self) ?? []
  }
}

extension Latent: SavableTensors {}
