import ArgumentParser
import Imaging

/// The formats that pictures can be saved in, as the command line and records call them.
enum PictureFileFormat: String, Codable, ExpressibleByArgument, CaseIterable {
  case png
  case jpeg
  case webp
  case losslessWebP = "webp-lossless"

  /// What is taken where nobody says.
  private static let defaultQuality = 90

  /// Whether it leaves details out, as much as its quality says.
  var isLossy: Bool { self == .jpeg || self == .webp }

  func encoding(quality: Int?) -> PictureEncoding {
    let quality = quality ?? Self.defaultQuality
    return switch self {
    case .png: .png
    case .jpeg: .jpeg(quality: quality)
    case .webp: .webP(quality: quality)
    case .losslessWebP: .losslessWebP
    }
  }

  /// What a record says of an encoding: nothing where it is PNG.
  static func recorded(_ encoding: PictureEncoding) -> (format: Self?, quality: Int?) {
    switch encoding {
    case .png: (nil, nil)
    case .jpeg(let quality): (.jpeg, quality)
    case .webP(let quality): (.webp, quality)
    case .losslessWebP: (.losslessWebP, nil)
    }
  }
}

/// How a run saves its pictures.
struct SavingOptions: ParsableArguments {
  @Option(
    name: .customLong("save-as"),
    help: ArgumentHelp(
      "The format of saved pictures: png, jpeg, webp or webp-lossless.",
      discussion: "PNG by default; a picture made anew keeps the format that it has.",
      valueName: "format"))
  var format: PictureFileFormat?
  @Option(
    help:
      "The quality of jpeg (with full colour from 90 on) and webp, from 1 to 100; 90 by default.")
  var quality: Int?

  func validate() throws {
    guard let quality else { return }
    guard format?.isLossy == true else {
      throw ValidationError("--quality goes with --save-as jpeg and --save-as webp")
    }
    guard (1...100).contains(quality) else {
      throw ValidationError("--quality must be from 1 to 100")
    }
  }

  /// Nil where nothing is asked for.
  var encoding: PictureEncoding? { format?.encoding(quality: quality) }
}
