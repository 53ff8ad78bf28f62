import Testing

@testable import Simulator

@Suite("Details of a result")
struct DetailFileTests {
  private static let names: Set = [
    "obligations.csv", "batches.csv", "payouts.csv", "wires.csv", "system_payments.csv",
    "positions.csv", "days.csv", "deals.csv", "plans.ndjson", "resolved.json",
  ]

  @Test("details add their files and change nothing else")
  func nothingElse() throws {
    let plain = try DetailWorld.mixed([]).run()
    let detailed = try DetailWorld.mixed().run()
    #expect(plain.files.isEmpty)
    #expect(Set(detailed.files.map(\.name)) == Self.names)
    #expect(detailed.digest == plain.digest)
    #expect(detailed.result.identity.eventCount == plain.result.identity.eventCount)
    #expect(detailed.result.metrics == plain.result.metrics)
  }

  @Test("threads change no byte of them", arguments: [2, 3])
  func threads(_ count: Int) throws {
    let one = try DetailWorld.mixed().run()
    let several = try DetailWorld.mixed().run(threads: count)
    #expect(one.extraFiles == several.extraFiles)
  }

  @Test("every payment and transfer that is settled is an obligation of one batch")
  func obligations() throws {
    let outcome = try DetailWorld.mixed().run()
    let rows = outcome.table("obligations")
    let batches = Set(outcome.table("batches").map { $0["id"]! })
    #expect(rows.count { $0["kind"] == "capture" } == outcome.step("captured"))
    #expect(rows.count { $0["kind"] == "transfer" } == 250)
    #expect(
      rows.count { $0["kind"] == "transfer" || $0["kind"] == "return" }
        == outcome.count("transfers.settled"))
    #expect(rows.contains { $0["kind"] == "return" })
    for row in rows {
      #expect(row["end"] == "settled" && batches.contains(row["batch"]!), "\(row)")
    }
  }

  @Test("each row of payments between banks leads to its wire, and each wire to its batches")
  func references() throws {
    let outcome = try DetailWorld.mixed(
      [DetailWorld.details, "settlement.strategy=multilateral_netting"]
    ).run()
    let wires = Dictionary(
      uniqueKeysWithValues: outcome.table("wires").map { ($0["id"]!, $0) })
    let payments = outcome.table("system_payments")
    #expect(payments.count >= wires.count && wires.count > 100)
    for payment in payments {
      let wire = try #require(wires[payment["wire"]!])
      #expect(wire["payer"] == payment["payer"] && wire["payee"] == payment["payee"])
    }
    let references = Set(wires.values.map { $0["reference"]! })
    let batches = outcome.table("batches")
    #expect(batches.contains { $0["wires"]!.split(separator: " ").count > 1 })
    for wire in batches.flatMap({ $0["wires"]!.split(separator: " ") }) {
      #expect(references.contains(String(wire)))
    }
  }

  @Test("plans of the optimiser come with what was held, one a line")
  func plans() throws {
    let outcome = try DetailWorld.mixed([
      DetailWorld.details, "settlement.strategy=optimised",
    ]).run()
    let lines = try #require(outcome.file("plans.ndjson")).split(separator: "\n")
    #expect(lines.count == outcome.result.plans.count && lines.count > 10)
    for line in lines {
      #expect(line.hasPrefix("{\"id\":\"") && line.hasSuffix("}"))
      #expect(line.contains("\"lower_bound\":"))
    }
  }

  @Test("a run that is stopped writes what has happened until then")
  func stopped() throws {
    let outcome = try DetailWorld.mixed().run { $0.now.nanoseconds < 10 * 3_600_000_000_000 }
    #expect(!outcome.result.isComplete)
    #expect(Set(outcome.files.map(\.name)).isSuperset(of: Self.names))
    #expect(outcome.table("obligations").contains { $0["end"] == "open" })
  }
}
