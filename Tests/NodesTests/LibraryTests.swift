import Engine
import Foundation
import Graph
import Nodes
import Testing

struct LibraryTests {
  @Test func everyNodeFileIsListed() throws {
    let declaration = /struct \w+: Node \{\s+static let name = "([a-z0-9-]+)"/
    var declared: Set<String> = []
    for file in try Self.nodeFiles() {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: declaration) { declared.insert(String(match.1)) }
    }
    #expect(!declared.isEmpty)
    #expect(declared == Set(library.catalog.schemas.map(\.name)))
  }

  @Test(arguments: library.catalog.schemas.map(\.name))
  func portsAreDocumentedAndWellNamed(name: String) throws {
    let schema = try #require(library.catalog[name])
    let word = /[a-z][a-z0-9]*(-[a-z0-9]+)*/
    #expect(name.wholeMatch(of: word) != nil)
    #expect(schema.about.hasSuffix("."))
    #expect(!schema.outputs.isEmpty)
    for ports in [schema.inputs, schema.outputs] {
      #expect(Set(ports.map(\.name)).count == ports.count)
      for port in ports {
        #expect(port.name.wholeMatch(of: word) != nil)
        #expect(port.about.hasSuffix("."), "\(name).\(port.name)")
      }
    }
  }

  private static func nodeFiles() throws -> [URL] {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(
      at: package.appending(path: "Nodes"), includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }
}
