import Testing

@testable import Simulator

@Suite("Recorded payments and named banks that are refused")
struct RecordedInputTests {
  private static let all =
    "id,time,payer,payee,amount,currency,to_currency,priority,deadline,not_before,group"

  struct Fault: CustomTestStringConvertible, Sendable {
    var name: String
    var row: String
    var text: String
    var testDescription: String { name }
  }

  static let faults = [
    Fault(
      name: "a bank that there is not", row: "p2,2,A,Bee,1.00,USD,,,,,",
      text: """
        payee: expected the name of a bank of `banks.named`, `banks.file` or \
        `banks.correspondents`, found "Bee"
        """),
    Fault(
      name: "a payer that there is not", row: "p2,2,a,B,1.00,USD,,,,,",
      text: """
        payer: expected the name of a bank of `banks.named`, `banks.file` or \
        `banks.correspondents`, found "a"; did you mean `A`?
        """),
    Fault(
      name: "a bank that pays itself", row: "p2,2,B,B,1.00,USD,,,,,",
      text: "payee: expected another bank than the payer, found \"B\""),
    Fault(
      name: "a time before the run", row: "p2,2026-03-01T23:59:59Z,A,B,1.00,USD,,,,,",
      text: "time: expected a time not before the run's start"),
    Fault(
      name: "a time at the run's end", row: "p2,86400,A,B,1.00,USD,,,,,",
      text: "time: expected a time before the run's end"),
    Fault(
      name: "a time that is none", row: "p2,8 o'clock,A,B,1.00,USD,,,,,",
      text: """
        time: expected an instant such as 2026-03-02T08:02:00Z, a time such as 08:02, or seconds \
        after the start of the run, found "8 o'clock"
        """),
    Fault(
      name: "a deadline before the arrival", row: "p2,08:00,A,B,1.00,USD,,,07:59,,",
      text: """
        deadline: expected a deadline not before the payment arrives, at 08:00, found "07:59"
        """),
    Fault(
      name: "a payment that may only settle after its deadline",
      row: "p2,08:00,A,B,1.00,USD,,,09:00,09:01,",
      text: "not_before: expected a time not after the deadline, found \"09:01\""),
    Fault(
      name: "a payment that may settle after the run's end",
      row: "p2,08:00,A,B,1.00,USD,,,,2027-03-02T00:00:00Z,",
      text: """
        not_before: expected a time within `time.duration` and `time.drain_limit`, found \
        "2027-03-02T00:00:00Z"
        """),
    Fault(
      name: "a group without partner", row: "p2,2,A,B,1.00,USD,,,,,alone",
      text: "group: expected another payment of the group \"alone\", found this one alone"),
    Fault(
      name: "a group in two currencies of one payment", row: "p2,2,A,B,1.00,USD,EUR,,,,alone",
      text: "group: expected payments of a group to be paid out in their own currency"),
    Fault(
      name: "an id that stands twice", row: "p1,2,A,B,1.00,USD,,,,,",
      text: "id: expected an id not seen before, found \"p1\""),
    Fault(name: "no id", row: ",2,A,B,1.00,USD,,,,,", text: "id: expected an id"),
    Fault(
      name: "a currency that there is not", row: "p2,2,A,B,1.00,XYZ,,,,,",
      text: "currency: expected a currency of ISO 4217, found \"XYZ\""),
    Fault(
      name: "a currency that no rail moves", row: "p2,2,A,B,1.00,CHF,,,,,",
      text: """
        currency: expected a currency that a rail of `rails` moves and that has a rate (USD, EUR), \
        found "CHF"
        """),
    Fault(
      name: "an amount of nothing", row: "p2,2,A,B,0.00,USD,,,,,",
      text: """
        amount: expected a decimal with at most 2 places, above zero, below 1000000000000000 minor \
        units, found "0.00"
        """),
    Fault(
      name: "an amount below zero", row: "p2,2,A,B,-5.00,USD,,,,,",
      text: """
        amount: expected a decimal with at most 2 places, above zero, below 1000000000000000 minor \
        units, found "-5.00"
        """),
    Fault(
      name: "a priority that is none", row: "p2,2,A,B,1.00,USD,,3,,,",
      text: "priority: expected normal, high or urgent, or 0, 1 or 2, found \"3\""),
    Fault(
      name: "a row out of order", row: "p2,0,A,B,1.00,USD,,,,,",
      text: "time: expected no time earlier than a row before it, found \"0\""),
    Fault(name: "a row that is cut off", row: "p2,2,A,B", text: "expected 11 fields, found 4"),
  ]

  @Test("each with the file, the row and what was expected", arguments: faults)
  func rows(_ fault: Fault) {
    let world = RecordedWorld(header: Self.all, rows: ["p1,1,A,B,1.00,USD,,,,,", fault.row])
    let (text, code) = world.refusal()
    #expect(text == "day.csv:row 3: \(fault.text)\nday.csv: 1 row refused")
    #expect(code == 65)
  }

  @Test("what is reported instead of refused is left out of the run, and named")
  func reported() throws {
    let outcome = try RecordedWorld(
      header: Self.all,
      rows: [
        "p1,5,A,B,1.00,USD,,,,,", "p2,6,A,C,1.00,USD,,,,,", "p1,7,A,B,1.00,USD,,,,,",
        "p3,8,A,B,1.00,USD,,,,,alone", "p4,2,A,B,2.00,USD,,,,,",
      ], trace: "malformed_rows: report, duplicate_rows: report, unordered_rows: report"
    ).run()
    #expect(outcome.recorded.map(\.id) == ["p4", "p1"])
    #expect(outcome.closing("B") == 3_00)
    let notes = outcome.result.notes.filter { $0.hasPrefix("transfers: ") }
    #expect(notes.count == 3 && notes[0].contains("row 3: payee") && notes[0].contains("row 5"))
  }

  @Test("a file without the columns, without rows, or that is not there")
  func files() {
    var world = RecordedWorld(header: "id,time,payer,payee,amount", rows: ["p1,1,A,B,1.00"])
    #expect(world.refusal().text.hasPrefix("day.csv:row 1: currency: expected a column"))
    world = RecordedWorld(rows: ["p1,1,A,B,1.00,USD"], trace: "columns: {priority: urgency}")
    #expect(world.refusal().text.hasPrefix("day.csv:row 1: urgency: expected a column"))
    world = RecordedWorld(rows: [])
    #expect(
      world.refusal().text
        == "day.csv: expected a header row and at least one payment, found none")
    world = RecordedWorld(rows: ["p1,1,A,B,1.00,USD"])
    world.settings = ["workload.transfers.trace.file=night.csv"]
    #expect(world.refusal().text.contains("workload.transfers.trace.file: expected a CSV file"))
    #expect(world.refusal().code == 66)
  }

  @Test("groups where banks fail, as the others of a group would have to be undone")
  func failures() {
    var world = RecordedWorld(
      header: Self.all, rows: ["p1,1,A,B,1.00,USD,,,,,g", "p2,1,B,A,1.00,USD,,,,,g"])
    world.settings = ["banks.failures=[{bank: A, at: 2h}]"]
    #expect(
      world.refusal().text.hasPrefix(
        "day.csv:row 2: group: expected no groups where banks fail (`banks.failures`)"))
  }

  struct Named: CustomTestStringConvertible, Sendable {
    var banks: [String]
    var settings: [String] = []
    var text: String
    var testDescription: String { banks.joined(separator: ", ") }
  }

  static let named = [
    Named(banks: ["{name: A}", "{name: A}"], text: "expected different entries, found `A` twice"),
    Named(
      banks: ["{name: A}", "{name: issuer-1}"],
      text: "expected a name that no other bank has, found `issuer-1`"),
    Named(
      banks: ["{name: A}", "{name: correspondent-9}"],
      text: "expected a name that no other bank has, found `correspondent-9`"),
    Named(
      banks: ["{name: A}", "{name: B}"],
      settings: ["interbank.participants=[{name: B, overdraft_limit: 1 USD}]"],
      text: "expected the terms of `B` in one place, found them in `banks` too; give them there"),
    Named(
      banks: ["{name: A, balances: {USD: 5.00 EUR}}", "{name: B}"],
      text: "expected an amount in USD, found 5.00 EUR"),
    Named(
      banks: ["{name: A, balances: {CHF: 5.00 CHF}}", "{name: B}"],
      text: "expected a rail that moves CHF, found none"),
    Named(
      banks: ["{name: A, bilateral_limits: {Bee: 1.00 USD}}", "{name: B}"],
      text: "expected the name of a bank of the run, found `Bee`"),
    Named(
      banks: ["{name: \"A,1\"}", "{name: B}"],
      text: "expected a name of 1 to 64 characters without comma, quote, slash and backslash"),
  ]

  @Test("banks that contradict each other, with the place in the scenario", arguments: named)
  func banks(_ found: Named) {
    var world = RecordedWorld(banks: found.banks, rows: ["p1,1,A,B,1.00,USD"])
    world.settings = found.settings
    let (text, code) = world.refusal()
    #expect(text.contains(found.text), "\(text)")
    #expect(code == 65)
  }

  @Test("without payments there is nothing to do for named banks")
  func nothing() {
    var world = RecordedWorld(rows: ["p1,1,A,B,1.00,USD"])
    world.settings = ["workload.transfers={payments: 0}"]
    let (text, _) = world.refusal()
    #expect(text.contains("expected card payments or transfers, found none of both"))
  }
}
