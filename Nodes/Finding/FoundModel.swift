import Diffusion
import FoundationEssentials

/// A model file or folder in one of the places where models are looked for.
public struct FoundModel: Hashable, Sendable {
  /// As seen from the folder for its kind: `xl/painter.safetensors`; in a cache of downloads `org/name`.
  public var name: String
  /// The file or the folder.
  public var path: String
  /// What its folder is for; nil where the folder does not say.
  public var kind: ModelKind?
  /// Where it was found: a folder that was named, or the file that named it.
  public var place: String
}

extension FoundModel {
  /// How well a name fits.
  enum Fit {
    /// It is the whole name.
    case whole
    /// It is the end of the name.
    case end
  }

  /// The name without the extension of a model file.
  public var stem: String { isFile ? ModelFile.stem(of: name) : name }

  /// Whether it is a folder in diffusers' layout.
  public var isFolder: Bool { Directory.isFolder(path) }

  /// Whether it is a pickle: a program in place of data, which nothing here runs.
  var isPickle: Bool { isFile && ModelFile.isPickle(path) }

  private var isFile: Bool { ModelFile.isModel(name) }

  /// How a name that was written fits; nil where it names something else.
  func fit(of written: String) -> Fit? {
    let names = [name, stem]
    if names.contains(written) { return .whole }
    return names.contains { $0.hasSuffix("/" + written) } ? .end : nil
  }

  /// Two names of one file have the same.
  var realPath: String { URL(filePath: path).resolvingSymlinksInPath().path }
}

/// What the names of files say.
enum ModelFile {
  private static let safe = [".safetensors", ".sft"]
  private static let pickles = ModelFileFormat.pickleExtensions

  static func isModel(_ name: String) -> Bool { isSafe(name) || isPickle(name) }
  static func isSafe(_ name: String) -> Bool { safe.contains { name.hasSuffix($0) } }
  static func isPickle(_ name: String) -> Bool { pickles.contains { name.hasSuffix($0) } }

  /// Without such an ending.
  static func stem(of name: String) -> String {
    (safe + pickles).first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
  }
}
