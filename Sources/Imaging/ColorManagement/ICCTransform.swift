import CLCMS

/// The way from the colours of an ICC profile to sRGB, as Little CMS goes it: perceptual intent, the
/// number of bits unchanged (Pillow's `ImageCms.profileToProfile` without options).
struct ICCTransform<Sample: FixedWidthInteger & UnsignedInteger & Sendable>: ~Copyable {
  private let transform: cmsHTRANSFORM

  /// For samples that lie as the raster's do. Nil for a profile that is damaged, or of another kind
  /// of colours.
  init?(from profile: [UInt8], for raster: StoredRaster<Sample>) {
    guard let source = cmsOpenProfileFromMem(profile, UInt32(clamping: profile.count)) else {
      return nil
    }
    defer { cmsCloseProfile(source) }
    guard cmsGetColorSpace(source) == raster.colors.signature,
      let target = cmsCreate_sRGBProfile()
    else { return nil }
    defer { cmsCloseProfile(target) }
    guard
      let transform = cmsCreateTransform(
        source, raster.format, target, StoredRaster<Sample>.format(of: .rgb),
        UInt32(INTENT_PERCEPTUAL), 0
      )
    else { return nil }
    self.transform = transform
  }

  deinit { cmsDeleteTransform(transform) }

  /// The colours in sRGB, without opacity.
  func callAsFunction(_ raster: StoredRaster<Sample>) -> StoredRaster<Sample> {
    let count = raster.width * raster.height
    return StoredRaster(
      width: raster.width, height: raster.height, colors: .rgb,
      samples: [Sample](unsafeUninitializedCapacity: count * 3) { target, filled in
        cmsDoTransform(transform, raster.samples, target.baseAddress, UInt32(count))
        filled = count * 3
      })
  }
}

extension StoredRaster {
  /// The colours in sRGB as a profile says; nil where there is nothing to follow: for one that is
  /// damaged or of another kind of colours, and for sRGB itself, whose values stay exactly as they are.
  func following(_ profile: [UInt8]) -> StoredRaster? {
    guard let transform = ICCTransform(from: profile, for: self) else { return nil }
    return colors != .cmyk && isSRGB(by: transform) ? nil : transform(self)
  }

  /// Whether a transform moves no colour by more than one level of 255.
  private func isSRGB(by transform: borrowing ICCTransform<Sample>) -> Bool {
    let probe = probe
    return probe.isNearly(transform(probe))
  }

  /// Nine levels of each channel, in every combination, with this raster's layout.
  private var probe: StoredRaster {
    let levels = 9
    let count = (0..<colors.channels).reduce(1) { count, _ in count * levels }
    let samples = (0..<count).flatMap { index in
      var rest = index
      return (0..<channels).map { _ in
        defer { rest /= levels }
        return Sample(rest % levels * (Int(Sample.max) / (levels - 1)))
      }
    }
    return StoredRaster(
      width: count, height: 1, colors: colors, hasAlpha: hasAlpha, samples: samples)
  }

  /// Whether grey or RGB is what an RGB raster shows, to one level of 255.
  private func isNearly(_ other: StoredRaster) -> Bool {
    let step = colors == .grey ? 0 : 1
    return (0..<width * height * 3).allSatisfy { index in
      let sample = Int(samples[index / 3 * channels + index % 3 * step])
      return abs(sample - Int(other.samples[index])) <= Int(Sample.max) / 255
    }
  }

  /// How Little CMS is told of the layout.
  fileprivate var format: UInt32 { Self.format(of: colors, hasAlpha: hasAlpha) }

  fileprivate static func format(of colors: ColorModel, hasAlpha: Bool = false) -> UInt32 {
    easel_lcms_format(
      UInt32(colors.pixelType), UInt32(colors.channels), hasAlpha ? 1 : 0,
      UInt32(Sample.bitWidth / 8))
  }
}

extension ColorModel {
  fileprivate var signature: cmsColorSpaceSignature {
    switch self {
    case .grey: cmsSigGrayData
    case .rgb: cmsSigRgbData
    case .cmyk: cmsSigCmykData
    }
  }

  fileprivate var pixelType: Int32 {
    switch self {
    case .grey: PT_GRAY
    case .rgb: PT_RGB
    case .cmyk: PT_CMYK
    }
  }
}
