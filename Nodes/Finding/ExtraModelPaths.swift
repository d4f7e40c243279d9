import Diffusion
import FoundationEssentials
import Graph

/// ComfyUI's `extra_model_paths.yaml`: sections of folders by kind, in one or several lines, relative to the
/// section's `base_path`, which is itself relative to the file.
struct ExtraModelPaths {
  let file: String

  struct Folder {
    var folder: ModelFolder
    /// Whether it comes before the others.
    var isDefault: Bool
  }

  /// Throws `UnreadableYAML`.
  func folders() throws(UnreadableYAML) -> [Folder] {
    let content = try YAMLValue(contentsOf: file)
    guard case .mapping(let sections) = content else {
      if content == .null { return [] }
      throw UnreadableYAML(place: file, reason: "must be sections, each with folders by kind")
    }
    return sections.flatMap { folders(of: $0.value) }
  }

  private func folders(of section: YAMLValue) -> [Folder] {
    guard case .mapping(let entries) = section else { return [] }
    let beside = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    let base = section["base_path"]?.text.map { Self.join(beside, Self.expanded($0)) } ?? beside
    let isDefault = section["is_default"]?.text?.lowercased() == "true"
    return entries.flatMap { entry -> [Folder] in
      guard let kind = ModelKind(folder: entry.key) else { return [] }
      return Self.lines(of: entry.value).map { line in
        let path = Self.join(base, Self.expanded(line))
        return Folder(
          folder: ModelFolder(path: path, kind: kind, place: file), isDefault: isDefault)
      }
    }
  }

  private static func lines(of value: YAMLValue) -> [String] {
    switch value {
    case .text(let text): text.split(separator: "\n").map { trimmed($0) }.filter { !$0.isEmpty }
    case .list(let elements): elements.flatMap(lines)
    case .null, .mapping: []
    }
  }

  private static func trimmed(_ line: Substring) -> String {
    let head = line.drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func join(_ base: String, _ path: String) -> String {
    Directory.absolute(path.hasPrefix("/") ? path : "\(base)/\(path)")
  }

  /// With `~`, `$NAME` and `${NAME}` put in. A name that is not set stays as it is.
  static func expanded(
    _ path: String, _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let home = environment["HOME"] ?? "~"
    let path = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    return path.replacing(/\$(?:\{(\w+)\}|(\w+))/) { match in
      environment[String(match.1 ?? match.2 ?? "")] ?? String(match.0)
    }
  }
}
