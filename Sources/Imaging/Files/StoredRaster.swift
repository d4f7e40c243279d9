import Tensor

/// Samples as a file stores them.
struct StoredRaster<Sample: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  var width: Int
  var height: Int
  var colors: ColorModel
  /// Whether a pixel's last sample says how opaque it is.
  var hasAlpha = false
  /// `[height, width, channels]`.
  var samples: [Sample]

  /// How many samples a pixel has.
  var channels: Int { colors.channels + (hasAlpha ? 1 : 0) }
}

/// What the colour samples of a pixel are.
enum ColorModel {
  case grey
  case rgb
  /// Ink: 0 is none.
  case cmyk

  var channels: Int {
    switch self {
    case .grey: 1
    case .rgb: 3
    case .cmyk: 4
    }
  }
}

extension StoredRaster {
  /// The colours in sRGB.
  ///
  /// - Parameter profile: an ICC profile that says what the samples mean; one that cannot be followed
  ///   counts as none.
  func image(profile: [UInt8]?) -> Image {
    let raster = profile.flatMap(following) ?? (colors == .cmyk ? withoutInk : self)
    let channels = raster.channels
    let step = raster.colors == .grey ? 0 : 1
    return Image(
      pixels: Tensor([height, width, 3]) { pixels in
        for index in 0..<width * height {
          for channel in 0..<3 {
            pixels[index * 3 + channel] = fraction(
              raster.samples[index * channels + channel * step])
          }
        }
      })
  }

  /// How opaque each pixel is; nil where the samples do not say.
  var alpha: Mask? {
    guard hasAlpha else { return nil }
    let channels = channels
    return Mask(
      values: Tensor([height, width]) { values in
        for index in values.indices {
          values[index] = fraction(samples[(index + 1) * channels - 1])
        }
      })
  }

  /// CMYK as RGB, each ink taking its colour from what black leaves: as Pillow's `convert("RGB")`.
  var withoutInk: StoredRaster {
    let maximum = Int(Sample.max)
    var rgb = [Sample](repeating: 0, count: width * height * 3)
    for index in 0..<width * height {
      let light = maximum - Int(samples[index * 4 + 3])
      for channel in 0..<3 {
        let ink = Int(samples[index * 4 + channel])
        rgb[index * 3 + channel] = Sample(light - (2 * ink * light + maximum) / (2 * maximum))
      }
    }
    return StoredRaster(width: width, height: height, colors: .rgb, samples: rgb)
  }

  private func fraction(_ sample: Sample) -> Float { Float(sample) / Float(Sample.max) }
}

extension StoredRaster<UInt8> {
  /// A picture's values, rounded to the nearest of 8 bits.
  init(_ image: Image) {
    self.init(
      width: image.width, height: image.height, colors: .rgb,
      samples: image.pixels.withElements { $0.map(Self.sample) })
  }

  /// A mask's values as grey.
  init(_ mask: Mask) {
    self.init(
      width: mask.width, height: mask.height, colors: .grey,
      samples: mask.values.withElements { $0.map(Self.sample) })
  }

  /// What is not a number becomes 0.
  private static func sample(_ value: Float) -> UInt8 {
    value > 0 ? UInt8((min(value, 1) * 255).rounded()) : 0
  }
}
