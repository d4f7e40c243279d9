import ArgumentParser

/// Does `body`. What it throws is printed as an error, and ends the program with `code`.
func failing<Result>(with code: Int32, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch {
    printError("error: \(error)")
    throw ExitCode(code)
  }
}
