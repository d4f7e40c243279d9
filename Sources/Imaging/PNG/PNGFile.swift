import CPNG

/// A file in libpng's hands.
struct PNGFile: ~Copyable {
  let pointer: OpaquePointer

  /// - Parameter pointer: nil where there was no memory.
  init(_ pointer: OpaquePointer?) throws {
    guard let pointer else { throw CodecFailure.noMemory }
    self.pointer = pointer
  }

  deinit { easel_png_close(pointer) }

  /// Throws libpng's message where a call returned 0.
  func check(_ status: Int32) throws {
    guard status != 0 else { throw CodecFailure(reason: String(cString: easel_png_error(pointer))) }
  }
}
