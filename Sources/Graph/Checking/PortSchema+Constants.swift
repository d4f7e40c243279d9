extension PortSchema {
  /// A scalar's text as a constant of the port's type and within its range. Throws the finding.
  func constant(
    _ text: String, isPlain: Bool, folder: String, at span: SourceSpan
  ) throws(Refused) -> Literal {
    let literal: Literal
    do throws(ScalarFault) {
      literal = try Literal.read(text, isPlain: isPlain, as: type, folder: folder)
    } catch {
      throw Refused(.scalarFault(error, text: text, port: self, at: span))
    }
    return try bounded(literal, at: span)
  }

  /// The value itself, where it lies in the port's range. Throws the finding.
  func bounded(_ value: Literal, at span: SourceSpan) throws(Refused) -> Literal {
    if let number = value.number, let range, !range.contains(number) {
      throw Refused(.outOfRange(value, port: self, range: range, at: span))
    }
    return value
  }

  /// A path with the place where this port looks for it. Throws the finding.
  func located(_ value: Literal, at span: SourceSpan) throws(Refused) -> Literal {
    guard let locate, case .path(var path) = value else { return value }
    do {
      path.resolved = try locate(path.written, path.folder)
      return .path(path)
    } catch let failure as InferenceFailure {
      throw Refused(.inference(failure, at: span))
    } catch {
      throw Refused(.inference(.init(.invalidValue, port: name, "\(error)"), at: span))
    }
  }
}

/// Why a value was not taken.
struct Refused: Error {
  var finding: Diagnostic

  init(_ finding: Diagnostic) { self.finding = finding }
}
