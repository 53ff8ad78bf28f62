import Declared
import Testing

@testable import Scenario

@Suite("Lists of members")
struct MemberListTests {
  static let modes = [
    StrategyDeclaration(
      name: "rtgs", description: "Each instruction by itself.",
      parameters: [
        ParameterDeclaration(
          name: "saving",
          kind: .members(
            MemberList(
              key: "mechanism", noun: "mechanisms",
              members: [
                MemberList.Member(
                  name: "fifo", description: "In order.",
                  parameters: [every]),
                MemberList.Member(
                  name: "bilateral", description: "In pairs.",
                  parameters: [
                    every,
                    ParameterDeclaration(
                      name: "nodes", kind: .integer(0...9), defaultValue: .integer(5),
                      description: "Steps."),
                  ]),
              ], otherWords: ["none"], count: 1...3)),
          defaultValue: .choice("none"), description: "What is settled together.")
      ])
  ]
  private static let every = ParameterDeclaration(
    name: "every", kind: .duration(.seconds(1) ... .seconds(86_400)),
    defaultValue: .duration(.seconds(300)), description: "Time between two runs.")

  private func load(
    _ saving: String, _ overrides: [ScenarioOverride] = []
  ) throws(ScenarioError) -> LoadedScenario {
    try ScenarioTests.load(
      "name: x\ninterbank:\n  mode:\n    name: rtgs\n    saving: \(saving)\n",
      overrides: overrides, modes: Self.modes)
  }

  private func value(_ saving: String, _ assignments: String...) throws -> ParameterValue? {
    let loaded = try load(saving, assignments.map { ScenarioOverride(assignment: $0)! })
    return try ParameterDeclaration.values(
      of: loaded.settings.interbank.mode.parameters, declared: Self.modes[0].parameters)["saving"]
  }

  private func refusal(_ saving: String) -> String? {
    do throws(ScenarioError) {
      _ = try load(saving)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a word, a list of words, and entries with their own values are read alike")
  func forms() throws {
    let fifo = MemberChoice("fifo", ["every": .duration(.seconds(300))])
    let pairs = MemberChoice(
      "bilateral", ["every": .duration(.seconds(60)), "nodes": .integer(5)])
    #expect(try value("none") == .choice("none"))
    #expect(try value("fifo") == .choice("fifo"))
    #expect(try value("[fifo]") == .members([fifo]))
    #expect(
      try value("[fifo, {mechanism: bilateral, every: 1min}, fifo]")
        == .members([fifo, pairs, fifo]))
  }

  @Test("a list is set from outside as a whole and entry by entry")
  func overrides() throws {
    let set = try value("none", "interbank.mode.saving=[bilateral, {mechanism: fifo, every: 9s}]")
    #expect(
      set
        == .members([
          MemberChoice("bilateral", ["every": .duration(.seconds(300)), "nodes": .integer(5)]),
          MemberChoice("fifo", ["every": .duration(.seconds(9))]),
        ]))
    let entry = try value(
      "[{mechanism: fifo}, {mechanism: bilateral}]", "interbank.mode.saving[1].nodes=7")
    #expect(
      entry
        == .members([
          MemberChoice("fifo", ["every": .duration(.seconds(300))]),
          MemberChoice("bilateral", ["every": .duration(.seconds(300)), "nodes": .integer(7)]),
        ]))
  }

  @Test("what is wrong in a list is told with its place, its key and the words allowed")
  func refusals() {
    let start = "s.yaml:5:"
    #expect(
      refusal("[fifo, bilaterl]")
        == start + "20: interbank.mode.saving[1]: expected one of fifo, bilateral, found "
        + "`bilaterl`; did you mean `bilateral`?")
    #expect(
      refusal("[{mechanism: none}]")
        == start + "26: interbank.mode.saving[0].mechanism: expected one of fifo, bilateral, "
        + "found `none`")
    #expect(
      refusal("[{mechanism: fifo, every: 0s}]")
        == start + "39: interbank.mode.saving[0].every: expected a duration from 1s to 1d, found "
        + "`0s`")
    #expect(
      refusal("[{mechanism: fifo, nodes: 3}]")
        == start + "32: interbank.mode.saving[0].nodes: unknown key `nodes`; expected one of every"
    )
    #expect(
      refusal("[{every: 1s}]")
        == start + "14: interbank.mode.saving[0].mechanism: missing key: One of fifo, bilateral")
    #expect(
      refusal("[]")
        == start + "13: interbank.mode.saving: expected a list of 1 to 3 mechanisms, found 0")
    #expect(
      refusal("all")
        == start + "13: interbank.mode.saving: expected one of none, fifo, bilateral, or a list of "
        + "1 to 3 mechanisms, found `all`")
  }

  @Test("the whole sequence stands in the resolved scenario, defaults included")
  func resolved() throws {
    func mode(_ saving: String) throws -> [String] {
      try load(saving).resolved().filter { $0.path == "interbank.mode" }.map(\.value)
    }
    #expect(
      try mode("[fifo, {mechanism: bilateral, every: 1min}]") == [
        "{name: rtgs, saving: [{mechanism: fifo, every: 5min}, "
          + "{mechanism: bilateral, every: 1min, nodes: 5}]}"
      ])
    #expect(try mode("fifo") == ["{name: rtgs, saving: fifo}"])
  }
}
