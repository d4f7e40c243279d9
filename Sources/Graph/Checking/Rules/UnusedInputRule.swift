/// Every input is there for something that refers to it.
enum UnusedInputRule {
  static func findings(in document: GraphDocument) -> [Diagnostic] {
    let references = document.nodes.flatMap(\.references) + document.outputReferences
    let used = Set(references.map(\.name))
    return document.inputs.filter { !used.contains($0.name) }.map { .unusedInput($0) }
  }
}

extension GraphDocument {
  /// The references of all outputs.
  var outputReferences: [Reference] {
    outputs.flatMap(\.value.expressions).flatMap(\.references)
  }
}
