import ArgumentParser
import Diffusion
import Graph

/// Which of the units somebody means.
struct BenchmarkChoice {
  let units: [BenchmarkUnit]

  /// Those that are named: one by its name, or several by the beginning that their names have in common, by their
  /// group, or by `all`.
  func named(_ words: [String]) throws -> [BenchmarkUnit] {
    let chosen = try words.map(Self.matcher(among: units))
    return units.filter { unit in chosen.contains { $0.contains(unit.name) } }
  }

  /// The one unit of a name.
  func one(_ name: String) throws -> BenchmarkUnit {
    let found = try named([name])
    guard found.count == 1 else { throw ValidationError("`\(name)` is several units") }
    return found[0]
  }

  private static func matcher(
    among units: [BenchmarkUnit]
  ) -> (String) throws -> Set<String> {
    { word in
      if units.contains(where: { $0.name == word }) { return [word] }
      let several = units.filter {
        word == "all" || $0.group.rawValue == word || $0.name.hasPrefix(word)
      }
      guard several.isEmpty else { return Set(several.map(\.name)) }
      let meant = NearMiss.of(
        word, in: units.map(\.name) + BenchmarkUnit.Group.allCases.map(\.rawValue))
      throw ValidationError(
        "there is no unit `\(word)`"
          + (meant.map { "; did you mean `\($0)`?" } ?? "; --list shows those that there are"))
    }
  }

  /// What is measured where nothing is named: what takes seconds, not minutes. Of a model's folder, all.
  var usual: [BenchmarkUnit] {
    let quick = units.filter { $0.group != .model }
    return quick.isEmpty ? units : quick
  }

  /// The units as a table, or a line of JSON for each.
  func list(as format: OutputFormat) throws {
    switch format {
    case .json:
      for unit in units {
        try printJSON(
          Listed(
            unit: unit.name, group: unit.group.rawValue, operations: unit.operations,
            bytes: unit.byteCount))
      }
    case .text:
      var table = TextTable()
      for unit in units { table.add(unit.name, unit.group.rawValue, Self.size(of: unit)) }
      print(table.rendered(indent: 0))
    }
  }

  private struct Listed: Encodable {
    var unit: String
    var group: String
    var operations: Int?
    var bytes: Int?
  }

  private static func size(of unit: BenchmarkUnit) -> String {
    if let operations = unit.operations {
      return BenchmarkTable.rounded(Double(operations) / 1e9, digits: 3) + " GFLOP"
    }
    return unit.byteCount.map { ByteSize.describe($0) } ?? ""
  }
}
