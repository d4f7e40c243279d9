/// Reads graph files, each once.
final class DocumentLibrary {
  private let reader: SourceReader
  private let graphFolders: [String]
  private let findings: Findings
  private var documents: [String: GraphDocument?] = [:]
  /// By file.
  private(set) var sources: [String: SourceText] = [:]
  /// In the order of reading.
  private(set) var files: [String] = []

  /// Where graphs that come with Easel are called from.
  private static let sharedPrefix = "graphs/"

  init(reader: SourceReader, graphFolders: [String], findings: Findings) {
    self.reader = reader
    self.graphFolders = graphFolders
    self.findings = findings
  }

  /// Whether the word after `uses:` names a graph rather than a kind of node.
  static func namesGraph(_ word: String) -> Bool { word.contains("/") || word.hasSuffix(".yaml") }

  /// Whether the word after `uses:` names a graph that comes with Easel.
  static func isShared(_ word: String) -> Bool { word.hasPrefix(sharedPrefix) }

  /// The outermost graph; nil, with a finding, where it cannot be read.
  func open(_ file: String) -> GraphDocument? {
    do throws(SourceReadFailure) {
      return parse(try reader.read(file), file: file)
    } catch {
      let source = SourceText(file: file, text: "")
      register(source)
      findings.add(.unreadableFile(file, error, isUsed: false, at: source.start))
      return nil
    }
  }

  /// The file of the graph that a node uses; nil, with a finding, where there is none.
  func locate(_ word: Word, by node: NodeID, from document: GraphDocument) -> String? {
    findings.users.append(GraphUse(node: node, uses: word))
    defer { findings.users.removeLast() }
    if Self.isShared(word.text) { return locateShared(word) }
    guard ["./", "../", "/"].contains(where: word.text.hasPrefix) else {
      findings.add(.graphWithoutFolder(word))
      return nil
    }
    let file = PathText.join(document.folder, word.text)
    return load(file, for: word) ? file : nil
  }

  /// A graph that was located before; nil where it could not be read.
  subscript(file: String) -> GraphDocument? { documents[file] ?? nil }

  private func locateShared(_ word: Word) -> String? {
    let name = word.text.dropFirst(Self.sharedPrefix.count) + ".yaml"
    let candidates = graphFolders.map { PathText.join($0, String(name)) }
    for file in candidates {
      if documents[file] != nil { return file }
      if let bytes = try? reader.read(file) {
        load(bytes, file: file)
        return file
      }
    }
    findings.add(.unknownGraph(word, folders: graphFolders))
    return nil
  }

  private func load(_ file: String, for word: Word) -> Bool {
    if documents[file] != nil { return true }
    do throws(SourceReadFailure) {
      load(try reader.read(file), file: file)
      return true
    } catch {
      findings.add(.unreadableFile(file, error, isUsed: true, at: word.span))
      return false
    }
  }

  private func load(_ bytes: [UInt8], file: String) {
    documents[file] = .some(parse(bytes, file: file))
  }

  private func parse(_ bytes: [UInt8], file: String) -> GraphDocument? {
    let (source, encodingFault) = SourceText.decode(bytes, file: file)
    register(source)
    if let encodingFault {
      findings.add(encodingFault)
      return nil
    }
    let (tree, faults) = SyntaxParser.parse(source)
    findings.add(faults)
    if tree == nil, !faults.isEmpty { return nil }
    return DocumentReader(source: source, findings: findings).read(tree)
  }

  private func register(_ source: SourceText) {
    sources[source.file] = source
    files.append(source.file)
  }
}
