import Testing

@testable import Simulator

@Suite("Banks of a file")
struct ListedBankTests {
  private func world(_ file: String) -> (RecordedWorld, [(name: String, text: String)]) {
    var world = RecordedWorld(
      rows: ["p1,1,A,B,60.00,USD", "p2,2,B,A,10.00,EUR", "p3,3,A,B,60.00,USD"])
    world.banks = ["{name: Z}"]
    world.settings = ["banks.file=banks.csv"]
    return (world, [("banks.csv", file)])
  }

  @Test("have their balances and credit in each currency, as named ones do")
  func read() throws {
    let (world, files) = world(
      "name,currency,balance,overdraft_limit\nA,USD,100.00,20.00\nB,EUR,50.00,\nB,USD,,\n")
    let fixture = TraceFixture()
    _ = fixture.write(Array(files[0].text.utf8), name: "banks.csv")
    let outcome = try ScenarioRun(world.load(fixture)).run(threads: 1)
    #expect(outcome.contradictions == [])
    #expect(outcome.closing("A") == -20_00 && outcome.closing("B", "EUR") == 40_00)
    #expect(outcome.result.banks.first { $0.bank == "A" }?.credit == 20_00)
    #expect(outcome.result.identity.inputs.map(\.name) == ["day.csv", "banks.csv"])
  }

  @Test(
    "are refused with file and row",
    arguments: [
      ("name,currency\nA,USD\n", "banks.csv:1:1: banks.file: expected a column `balance`"),
      ("name,currency,balance,limit\nA,USD,1,2\n", "banks.csv:1:1: banks.file: expected columns"),
      ("name,currency,balance\nA,USD\n", "banks.csv:2:1: banks.file: expected 3 fields, found 2"),
      (
        "name,currency,balance\nA,USD,1\nA,USD,2\n",
        "banks.csv:3:1: banks.file: expected one row of `A` in USD, found a second"
      ),
      ("name,currency,balance\nA,XXY,1\n", "banks.csv:2:1: banks.file: expected a currency"),
      ("name,currency,balance\nA,USD,-1\n", "banks.csv:2:1: banks.file: expected an amount"),
      ("name,currency,balance\nZ,USD,1\n", "expected a name that no other bank has, found `Z`"),
      ("name,currency,balance\n", "banks.csv:1:1: banks.file: expected at least one bank"),
    ])
  func refused(_ file: String, _ text: String) {
    let (world, files) = world(file)
    let (found, code) = world.refusal(files)
    #expect(found.contains(text), "\(found)")
    #expect(code == 65)
  }

  @Test("a file that is not there is missing")
  func missing() {
    let (world, _) = world("")
    let (found, code) = world.refusal()
    #expect(found.contains("banks.file: expected a CSV file of banks") && code == 66)
  }
}
