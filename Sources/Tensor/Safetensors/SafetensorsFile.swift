import Glibc

/// A safetensors file, mapped into memory: a tensor's bytes are read when it is asked for.
///
/// The file must not be shortened while it is mapped: reading what was cut off ends the process.
///
/// `@unchecked Sendable`: the mapping is read-only, and lives as long as this object.
public final class SafetensorsFile: @unchecked Sendable {
  /// Where it is.
  public let path: String
  /// What it says about its tensors.
  public let header: SafetensorsHeader
  private let bytes: UnsafeRawBufferPointer

  /// Maps the file and checks its header.
  ///
  /// - Throws: `SafetensorsError`.
  public init(path: String) throws {
    self.path = path
    let bytes = try ReadOnlyFile(path: path).map()
    do {
      header = try SafetensorsHeader(of: bytes, file: path)
    } catch {
      Self.unmap(bytes)
      throw error
    }
    self.bytes = bytes
  }

  deinit { Self.unmap(bytes) }

  private static func unmap(_ bytes: UnsafeRawBufferPointer) {
    if let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) {
      munmap(start, bytes.count)
    }
  }

  /// A tensor's elements as they are in the file, which stays mapped as long as anyone has them.
  ///
  /// - Throws: `SafetensorsError` if the file has no such tensor.
  public func stored(_ name: String) throws -> StoredElements {
    guard let entry = header.tensors[name] else {
      throw SafetensorsError(file: path, problem: .missingTensor(name))
    }
    return StoredElements(entry, in: bytes, owner: self, isMapped: true)
  }

  /// A tensor's elements, converted to f32.
  ///
  /// - Throws: `SafetensorsError` if the file has no such tensor.
  public func tensor(_ name: String) throws -> Tensor { try stored(name).read() }
}
