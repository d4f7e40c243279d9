import ArgumentParser

/// How a command prints what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

struct FormatOptions: ParsableArguments {
  @Option(help: "How to print: for people, or as JSON for programs.")
  var format = OutputFormat.text
}
