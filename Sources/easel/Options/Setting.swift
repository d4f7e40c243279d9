import ArgumentParser

/// An input's value from the command line: `name=value`.
struct Setting: ExpressibleByArgument {
  var name: String
  var value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

/// A graph and the values of its inputs.
struct GraphOptions: ParsableArguments {
  @Argument(help: "The graph's file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "The value of one of the graph's inputs; may be given several times. A path is relative to "
        + "the working directory.",
      valueName: "name=value"))
  var settings: [Setting] = []
}
