extension ExpressionChecker {
  /// The term as a value of the port's type: constants are converted where that says the same, an
  /// int is widened to a float, families are unified. Nothing else converts.
  ///
  /// Nil, with a finding, where the term does not fit.
  func fit(_ term: Term, to port: PortSchema, at span: SourceSpan) -> Term? {
    session.findings.collect { () throws(Refused) in
      try fitted(term, to: port, at: span)
    }
  }

  private func fitted(
    _ term: Term, to port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Term {
    if let presence = term.presence { return try fit(term, if: presence, to: port, at: span) }
    if let literal = term.constant { return try fit(literal, of: term, to: port, at: span) }
    if case .list(let terms) = term.form, let type = port.type.element {
      return try fit(terms, of: type, to: port, at: span)
    }
    return try fitOutput(term, to: port, at: span)
  }

  /// An input that may be left out takes what may be missing.
  private func fit(
    _ term: Term, if presence: Term, to port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Term {
    guard port.presence == .optional else {
      throw Refused(.mayBeMissing(term, port: port, at: span))
    }
    let value = try fitted(term.unwrapped, to: port, at: span)
    return presence.constant == .bool(true) ? value : value.given(presence)
  }

  private func fit(
    _ elements: [Term], of type: PortType, to port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Term {
    var element = port
    element.type = type
    element.presence = .required
    guard session.spend(elements.count, at: span) else { throw Refused(.tooMuchText(at: span)) }
    let fitted = try elements.map { (term) throws(Refused) in
      try self.fitted(term, to: element, at: span)
    }
    return Term(list: fitted, of: .shared(by: fitted) ?? type, at: span)
  }

  private func fit(
    _ literal: Literal, of term: Term, to port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Term {
    guard let converted = literal.converted(to: port.type) else {
      if case .choice = port.type, term.type.isText {
        throw Refused(.scalarFault(.unknownWord, text: literal.display, port: port, at: span))
      }
      if port.type == .seed, term.type.isWholeNumber {
        throw Refused(.outOfRange(literal, port: port, range: 0...(.infinity), at: span))
      }
      throw Refused(mismatch(term, port: port, at: span))
    }
    let bounded = try port.bounded(converted, at: span)
    let located = try session.isLeavingOut ? bounded : port.located(bounded, at: span)
    if literal != located, case .list = located, !session.spend(located.weight, at: span) {
      throw Refused(.tooMuchText(at: span))
    }
    var fitted = Term(located, as: port.type, at: span)
    fitted.origin = term.origin
    return fitted
  }

  private func fitOutput(
    _ term: Term, to port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Term {
    var fitted = term
    switch (term.type, port.type) {
    case (.int, .int), (.seed, .int), (.seed, .seed), (.float, .float):
      break
    case (.int, .float), (.seed, .float):
      fitted = Term(.widen, [term], as: .float, at: span)
    case (.choice(let found), .choice(let wanted)):
      guard Set(found).isSubset(of: wanted) else {
        throw Refused(mismatch(term, port: port, at: span))
      }
    case (.choice, .text), (_, .any): break
    default: try unify(term, with: port, at: span)
    }
    if let range = port.range {
      fitted = Term(.bounded(range), [fitted], as: port.type, at: span)
    }
    return fitted
  }

  private func unify(_ term: Term, with port: PortSchema, at span: SourceSpan) throws(Refused) {
    guard term.type.hasSameKind(as: port.type) else {
      throw Refused(mismatch(term, port: port, at: span))
    }
    if let found = term.type.extent, let wanted = port.type.extent, !found.fits(wanted) {
      throw Refused(
        .sizeMismatch(
          found: found, from: session.sizeOrigin(of: term), port: port, wanted: wanted, at: span))
    }
    guard case .variable(let found)? = term.type.family,
      case .variable(let wanted)? = port.type.family
    else { return }
    do throws(FamilyTable.Conflict) {
      try session.families.unify(found, wanted)
    } catch {
      // That one family meets another at several ports of a node is one mistake.
      guard session.blame("\(wanted):\(error.found.family)") else { return }
      throw Refused(
        .familyMismatch(error, found: session.families.resolve(term.type), port: port, at: span))
    }
  }

  private func mismatch(_ term: Term, port: PortSchema, at span: SourceSpan) -> Diagnostic {
    let found = session.families.resolve(term.type)
    let wanted = session.families.resolve(port.type)
    return .typeMismatch(
      found: found, port: port, wanted: wanted, sibling: scope.sibling(of: term, like: wanted),
      converters: session.catalog.converters(from: found, to: wanted), at: span)
  }
}

extension Extent {
  /// Whether two sizes can be the same, as far as they are known.
  func fits(_ other: Extent) -> Bool {
    let sidesFit = { (a: Int?, b: Int?) in a == nil || b == nil || a == b }
    return sidesFit(width, other.width) && sidesFit(height, other.height)
  }
}
