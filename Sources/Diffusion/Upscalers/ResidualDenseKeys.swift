import Tensor

/// The layouts of an `RRDBNet`. The network asks by the names of Real-ESRGAN.
///
/// Source: the networks of ESRGAN's first release, of BSRGAN and of Real-ESRGAN.
enum ResidualDenseKeys: KeyTable, Equatable {
  case realESRGAN
  /// BSRGAN, RealSR and ESRGAN's second release.
  case bsrgan
  /// ESRGAN's first release: layers by their number, for which one has to know how many there are.
  case original(blocks: Int, doublings: Int)

  /// By what the keys are called, without their prefix; nil for another network.
  init?(_ keys: Set<String>) {
    if keys.contains("conv_first.weight"), keys.contains("body.0.rdb1.conv1.weight") {
      self = .realESRGAN
    } else if keys.contains("conv_first.weight"), keys.contains("RRDB_trunk.0.RDB1.conv1.weight") {
      self = .bsrgan
    } else if keys.contains("model.0.weight"), keys.contains("model.1.sub.0.RDB1.conv1.0.weight") {
      func count(_ key: (Int) -> String) -> Int { (0...).first { !keys.contains(key($0)) } ?? 0 }
      self = .original(
        blocks: count { "model.1.sub.\($0).RDB1.conv1.0.weight" },
        doublings: count { "model.\(3 * ($0 + 1)).weight" })
    } else {
      return nil
    }
  }

  func place(of key: String) -> StoredPlace { StoredPlace(key: name(of: key)) }

  func isKnownExtra(_ key: String) -> Bool { false }

  private func name(of key: String) -> String {
    if self != .realESRGAN, key.hasPrefix("body.") { return denseName(of: key) }
    return switch self {
    case .realESRGAN: key
    case .bsrgan: Self.bsrganModules.renaming(key[...])
    case .original(let blocks, let doublings):
      Self.originalModules(blocks: blocks, doublings: doublings).renaming(key[...])
    }
  }

  /// Of `body.7.rdb2.conv3.weight`.
  private func denseName(of key: String) -> String {
    let parts = key.split(separator: ".")
    guard parts.count == 5 else { return key }
    let (block, dense, layer) = (parts[1], parts[2].uppercased(), parts[3])
    if self == .bsrgan { return "RRDB_trunk.\(block).\(dense).\(layer).\(parts[4])" }
    let module = layer == "conv1x1" ? "\(layer)" : "\(layer).0"
    return "model.1.sub.\(block).\(dense).\(module).\(parts[4])"
  }

  private static let bsrganModules: [Substring: String] = [
    "conv_body": "trunk_conv", "conv_up1": "upconv1", "conv_up2": "upconv2",
    "conv_up3": "upconv3", "conv_hr": "HRconv",
  ]

  /// Doubling, its convolution and its activation are three layers each.
  private static func originalModules(blocks: Int, doublings: Int) -> [Substring: String] {
    [
      "conv_first": "model.0", "conv_body": "model.1.sub.\(blocks)", "conv_up1": "model.3",
      "conv_up2": "model.6", "conv_up3": "model.9", "conv_hr": "model.\(3 * doublings + 2)",
      "conv_last": "model.\(3 * doublings + 4)",
    ]
  }
}
