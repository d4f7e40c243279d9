import Testing

@testable import Graph

struct FamilyTableTests {
  private let place = SourceText(file: "f", text: "").start

  private func origin(_ family: Family) -> FamilyTable.Origin {
    FamilyTable.Origin(family: family, subject: family.rawValue, span: place)
  }

  private func model(_ variable: String) -> PortType { .handle(.model, .variable(variable)) }

  @Test func decisionsReachWhatWasUnifiedBeforeAndAfter() throws {
    var table = FamilyTable()
    try table.unify("a", "b")
    try table.unify("c", "d")
    try table.decide("b", origin(.sdxl))
    try table.unify("d", "a")
    for variable in ["a", "b", "c", "d"] {
      #expect(table.resolve(model(variable)) == .handle(.model, .known(.sdxl)))
    }
  }

  @Test func conflictsNameBothOrigins() throws {
    var table = FamilyTable()
    try table.decide("a", origin(.sd1))
    try table.decide("b", origin(.sdxl))
    let conflict = #expect(throws: FamilyTable.Conflict.self) { try table.unify("a", "b") }
    #expect(conflict?.found == origin(.sd1))
    #expect(conflict?.wanted == origin(.sdxl))
    #expect(throws: FamilyTable.Conflict.self) { try table.decide("a", origin(.sd2)) }
    #expect(table.resolve(model("a")) == .handle(.model, .known(.sd1)))
  }

  @Test func undecidedVariablesStayOne() throws {
    var table = FamilyTable()
    try table.unify("a", "b")
    #expect(table.resolve(model("a")) == table.resolve(model("b")))
  }

  @Test func longChainsAreFast() throws {
    var table = FamilyTable()
    for index in 0..<100_000 { try table.unify("v\(index)", "v\(index + 1)") }
    try table.decide("v0", origin(.sd1))
    #expect(table.resolve(model("v100000")) == .handle(.model, .known(.sd1)))
  }
}
