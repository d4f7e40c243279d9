/// Every input is there for something that refers to it.
enum UnusedInputRule {
  static func findings(in document: GraphDocument, referredTo names: Set<String>) -> [Diagnostic] {
    document.inputs.filter { !names.contains($0.name) }.map { .unusedInput($0) }
  }
}
