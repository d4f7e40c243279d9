import CPNG
import Tensor

/// Decodes one PNG file in memory, which must outlive it.
struct PNGDecoder: ~Copyable {
  private let file: PNGFile
  private let layout: easel_png_layout

  /// Reads what stands before the pixels. Throws `PNGFailure`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    let file = try PNGFile(easel_png_open(bytes.baseAddress, bytes.count))
    var layout = easel_png_layout()
    try file.check(easel_png_read_layout(file.pointer, &layout))
    self.file = file
    self.layout = layout
  }

  /// The rest of the file; to be called once. Throws `PNGFailure`.
  func readPixels() throws -> (Image, Mask?) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: sampleCount * Int(layout.bytes_per_sample), alignment: 16)
    defer { bytes.deallocate() }
    try file.check(easel_png_read_pixels(file.pointer, bytes.baseAddress))
    return layout.bytes_per_sample == 1
      ? split(bytes.bindMemory(to: UInt8.self)) : split(bytes.bindMemory(to: UInt16.self))
  }

  /// The texts that were met so far.
  var texts: [(keyword: String, text: String)] {
    (0..<easel_png_text_count(file.pointer)).map { index in
      let text = easel_png_text_at(file.pointer, index)
      return (
        String(latin1: text.keyword),
        text.is_utf8 != 0 ? String(cString: text.text) : String(latin1: text.text)
      )
    }
  }

  private var sampleCount: Int {
    Int(layout.width) * Int(layout.height) * Int(layout.channels)
  }

  private func split<Sample: FixedWidthInteger>(
    _ samples: UnsafeMutableBufferPointer<Sample>
  ) -> (Image, Mask?) {
    let (width, height) = (Int(layout.width), Int(layout.height))
    let channels = Int(layout.channels)
    let image = Image(
      pixels: Tensor([height, width, 3]) { pixels in
        for index in 0..<width * height {
          for channel in 0..<3 {
            pixels[index * 3 + channel] = fraction(samples[index * channels + channel])
          }
        }
      })
    guard channels == 4 else { return (image, nil) }
    let alpha = Tensor([height, width]) { values in
      for index in values.indices { values[index] = fraction(samples[index * 4 + 3]) }
    }
    return (image, Mask(values: alpha))
  }
}

/// A sample from 0 to 1.
private func fraction<Sample: FixedWidthInteger>(_ sample: Sample) -> Float {
  Float(sample) / Float(Sample.max)
}

extension String {
  /// A C string in ISO 8859-1, whose codes are those of Unicode's scalars.
  fileprivate init(latin1 start: UnsafePointer<CChar>) {
    self.init(
      String.UnicodeScalarView(
        sequence(state: start) { next in
          defer { next += 1 }
          return next.pointee == 0 ? nil : Unicode.Scalar(UInt8(bitPattern: next.pointee))
        }))
  }
}
