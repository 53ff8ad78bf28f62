import Testing

@testable import Reporting
@testable import Simulator

/// Tests/Judges/replay_payments.py, which shares no code with this program.
@Suite(
  "A day of payments recomputed from payments.csv and banks.csv alone",
  .enabled(if: Recomputation.isPresent, Recomputation.absence))
struct ReplayJudgeTests {
  /// Five banks with little money and 300 payments, some urgent, held or in groups: queues form.
  private static func world(_ mode: String) -> RecordedWorld {
    var world = RecordedWorld(
      banks: (0..<5).map {
        "{name: Bank \($0), balances: {USD: \($0 * 20).00 USD}, overdraft_limit: {USD: 15.00 USD}}"
      }, mode: mode, header: "id,time,payer,payee,amount,currency,priority,not_before,group")
    world.rows = (0..<300).map { number in
      let time = 28_800 + number * 97
      let payer = number * 7 % 5
      let payee = (payer + 1 + number * 3 % 4) % 5
      let amount = 1 + number * 37 % 60
      let urgent = number % 9 == 0 ? "urgent" : ""
      let held = number % 23 == 5 ? "\(time + 4_000)" : ""
      let group = number % 50 < 2 ? "g\(number / 50)" : ""
      return
        "p\(number),\(time),Bank \(payer),Bank \(payee),\(amount).00,USD,\(urgent),\(held),\(group)"
    }
    return world
  }

  /// What the judge says of a run, whose two files may be changed before.
  private func judge(
    _ outcome: RunOutcome, change: (String, String) -> String = { $1 }
  ) throws -> (status: Int32, report: String) {
    let tables = [RunTables.payments, RunTables.banks].map {
      (name: $0.file, bytes: Array($0.csv(outcome.result).joined().utf8))
    }
    var judged = outcome
    judged.files = tables
    return try Recomputation.judge(judged, by: "replay_payments.py", change: change)
  }

  @Test(
    "no balance falls below its floor, nothing settles before its time, and all balances end right",
    arguments: [
      "rtgs", "{name: rtgs, queue_order: fifo_bypass}",
      "{name: rtgs, liquidity_saving: bilateral_offset}",
      "{name: rtgs, liquidity_saving: gridlock_resolution, at_close: return}",
      "{name: rtgs, liquidity_saving: maximum_circulation}", "hybrid_offset",
    ])
  func queues(_ mode: String) throws {
    let outcome = try Self.world(mode).run()
    let ends = outcome.recorded.map(\.end)
    #expect(ends.contains(.settled) && ends.contains { $0 != .settled }, "no queue formed")
    let (status, report) = try judge(outcome)
    #expect(status == 0, "\(report)")
    #expect(report.contains("300 payments, "))
  }

  @Test("a file that is changed by the least turns the judge red")
  func planted() throws {
    let outcome = try Self.world("{name: rtgs, liquidity_saving: bilateral_offset}").run()
    func change(_ file: String, _ old: String, _ new: String) throws -> String {
      let (status, report) = try judge(outcome) { name, text in
        name == file ? text.replacing(old, with: new, maxReplacements: 1) : text
      }
      #expect(status != 0)
      return report
    }
    let rows = RunTables.payments.csv(outcome.result).joined().split(separator: "\n")
    let settled = try #require(rows.first { $0.contains(",settled,") && $0.contains(",queue,") })
    let fields = settled.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    func row(_ place: Int, _ text: String) -> String {
      var changed = fields
      changed[place] = text
      return changed.joined(separator: ",")
    }
    let columns = rows[0].split(separator: ",").map(String.init)
    let ended = try #require(columns.firstIndex(of: "ended_ns"))
    #expect(
      try change("payments.csv", String(settled), row(ended, "1")).contains("before it arrived"))
    let end = try #require(columns.firstIndex(of: "end"))
    #expect(try change("payments.csv", String(settled), row(end, "unsettled")) != "")
    let amount = try #require(columns.firstIndex(of: "amount"))
    #expect(try change("payments.csv", String(settled), row(amount, "99999.00")) != "")
    #expect(try change("banks.csv", "15.00", "0.00").contains("its floor is"))
  }
}
