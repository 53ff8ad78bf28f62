import Declared
import Scenario
import Testing

@Suite("Declared parameters")
struct ParameterDeclarationTests {
  let share = ParameterDeclaration(
    name: "share", kind: .decimal(0...1), defaultValue: .decimal(0.5), description: "A part")
  let count = ParameterDeclaration(
    name: "count", kind: .integer(1...10), defaultValue: .integer(2), description: "A number")
  let mode = ParameterDeclaration(
    name: "mode", kind: .choice(["gross", "net"]), defaultValue: .choice("net"),
    description: "A way")

  @Test("a value that is left out is the default")
  func defaults() throws {
    #expect(try share.decimal(in: [:]) == 0.5)
    #expect(try count.integer(in: [:]) == 2)
    #expect(try mode.choice(in: [:]) == "net")
  }

  @Test("a value within the range is taken")
  func given() throws {
    #expect(try share.decimal(in: ["share": .decimal(1)]) == 1)
    #expect(try count.integer(in: ["count": .integer(10)]) == 10)
    #expect(try mode.choice(in: ["mode": .choice("gross")]) == "gross")
  }

  @Test("a value out of range, or of another kind, is refused with what was expected")
  func refused() {
    #expect(throws: ParameterError(name: "share", expected: "a number of 0.0 to 1.0")) {
      try share.decimal(in: ["share": .decimal(.nan)])
    }
    #expect(throws: ParameterError(name: "count", expected: "a whole number of 1 to 10")) {
      try count.integer(in: ["count": .decimal(2)])
    }
    #expect(throws: ParameterError(name: "mode", expected: "one of gross, net")) {
      try mode.choice(in: ["mode": .choice("both")])
    }
  }
}
