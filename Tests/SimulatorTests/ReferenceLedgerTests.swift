import Testing

@testable import Simulator

@Suite("An independent ledger")
struct ReferenceLedgerTests {
  private static let endpoints = ["northbank", "southpay", "account-transfer"]
  /// 100 billion dollars at the mid rates of the scenario.
  private static let opening = [
    "USD": 10_000_000_000_000, "EUR": 8_558_712_769_599, "GBP": 7_451_009_611_802,
    "JPY": 15_982_100_047_946,
  ]
  private static let settings = [
    "workload.capture.immediate_share=1/2", "workload.capture.partial_share=1/2",
    "authorization.hold_validity=3d", "workload.generated.payments=1200",
  ]
  private static let run = Result { try SmallWorld.kept(settings).run() }
  private static let replay = Result {
    var world = SmallWorld.kept()
    (world.scenario, world.file) = try TraceReplay.shipped()
    return try world.run()
  }

  /// What the independent ledger has against a run.
  private func faults(
    _ journal: String, _ files: [(name: String, text: String)], checksTrailers: Bool = true
  ) -> [String] {
    faults(ReferenceLedger(journal: journal), files, checksTrailers: checksTrailers)
  }

  /// The same of a journal that has been read before.
  private func faults(
    _ read: ReferenceLedger, _ files: [(name: String, text: String)], checksTrailers: Bool = true
  ) -> [String] {
    var ledger = read
    ledger.compare(
      files, endpoints: Self.endpoints, opening: Self.opening, checksTrailers: checksTrailers)
    return ledger.faults
  }

  private func files(_ outcome: RunOutcome) -> [(name: String, text: String)] {
    outcome.files.filter { $0.name.hasPrefix("files/") }.map {
      ("\($0.name.dropFirst("files/".count))", String(decoding: $0.bytes, as: UTF8.self))
    }
  }

  private func journal(_ outcome: RunOutcome) throws -> String {
    try #require(outcome.file("journal.csv"))
  }

  private func expectAgreement(_ outcome: RunOutcome) throws {
    let journal = try journal(outcome)
    #expect(faults(journal, files(outcome)) == [])
    let ledger = ReferenceLedger(journal: journal)
    #expect(ledger.entries.count == outcome.result.ledger.transfers)
    for money in outcome.result.money {
      let currency = money.currency
      #expect(ledger.sum("hold", currency) == money.authorized)
      #expect(ledger.sum("capture", currency) == money.captured)
      #expect(ledger.sum("refund", currency) == money.refunded)
      #expect(ledger.balance("fees", currency) == money.fees)
      let kept = money.fees + Int64(ledger.balance("fx_residual", currency))
      #expect(-ledger.balance("nostro", currency) == kept)
    }
  }

  @Test("it comes to the same balances from the journal and the files alone")
  func agreement() throws {
    let outcome = try Self.run.get()
    #expect(outcome.contradictions == [])
    try expectAgreement(outcome)
    let kinds = Set(ReferenceLedger(journal: try journal(outcome)).entries.map(\.kind))
    #expect(kinds.count == 11, "\(kinds.sorted())")
  }

  @Test("it agrees on refunds, collections and voids of a trace")
  func refunds() throws {
    let outcome = try Self.replay.get()
    try expectAgreement(outcome)
    #expect(outcome.result.money[0].refunded > 0 && outcome.result.money[0].voided > 0)
  }

  @Test(
    "it agrees for every strategy and number of cells",
    arguments: ["one_wire_per_payment", "fixed_window", "merchant_day"], [1, 5])
  func strategies(_ strategy: String, _ cells: Int) throws {
    try expectAgreement(
      SmallWorld.kept(
        Self.settings + ["settlement.strategy=\(strategy)", "cells.per_region=\(cells)"]
      ).run())
  }

  /// What can become of a line on its way.
  enum Damage: CaseIterable, Sendable {
    case missing, extra, altered, duplicated, truncated

    /// `lines` with one line damaged; an altered amount, `place` numbers from the end, differs by
    /// one.
    func applied(to lines: [String], at line: Int, amount place: Int) -> String {
      var lines = lines
      switch self {
      case .missing: lines.remove(at: line)
      case .extra: lines.insert(Self.raised(lines[line], number: place), at: line)
      case .altered: lines[line] = Self.raised(lines[line], number: place)
      case .duplicated: lines.insert(lines[line], at: line)
      case .truncated:
        lines[line].removeLast(lines[line].count / 2)
        return lines[...line].joined(separator: "\n")
      }
      return lines.joined(separator: "\n") + "\n"
    }

    /// The line with one of its numbers, counted from the end, raised by one.
    private static func raised(_ line: String, number: Int) -> String {
      var parts: [String] = [""]
      for character in line {
        if character.isWholeNumber != (parts.last?.last?.isWholeNumber ?? false) {
          parts.append("")
        }
        parts[parts.count - 1].append(character)
      }
      let numbers = parts.indices.filter { Int(parts[$0]) != nil }
      let wanted = numbers[numbers.count - number]
      parts[wanted] = "\(Int(parts[wanted])! + 1)"
      return parts.joined()
    }
  }

  @Test("damage to one line of any file is seen, even without totals", arguments: Damage.allCases)
  func damagedFile(_ damage: Damage) throws {
    let outcome = try Self.run.get()
    let journal = ReferenceLedger(journal: try journal(outcome))
    let files = files(outcome)
    var formats: Set<Substring> = []
    for index in files.indices {
      let lines = files[index].text.split(separator: "\n").map { "\($0)" }
      // The first line that carries a payment or a movement.
      let first = files[index].name.hasSuffix(".csv") && files[index].text.first == "C" ? 0 : 1
      guard lines.count > first + 3 else { continue }
      var damaged = files
      let name = files[index].name
      let place = name.hasPrefix("platform") ? 1 : 3
      damaged[index].text = damage.applied(to: lines, at: first, amount: place)
      formats.insert(name.hasPrefix("platform") ? "statement" : name.split(separator: ".").last!)
      #expect(damaged[index].text != files[index].text)
      #expect(faults(journal, damaged) != [], "\(damage) in \(name)")
      #expect(faults(journal, damaged, checksTrailers: false) != [], "\(damage) in \(name)")
    }
    #expect(formats.count == 4, "\(formats)")
  }

  @Test("damage to one line of the journal is seen, whatever its kind", arguments: Damage.allCases)
  func damagedJournal(_ damage: Damage) throws {
    let outcome = try Self.run.get()
    let files = files(outcome)
    let lines = try journal(outcome).split(separator: "\n").map { "\($0)" }
    var kinds: Set<Substring> = []
    for (number, line) in lines.enumerated().dropFirst()
    where kinds.insert(line.split(separator: ",")[2]).inserted {
      let damaged = damage.applied(to: lines, at: number, amount: 2)
      #expect(faults(damaged, files) != [], "\(damage) at line \(number + 1): \(line)")
    }
    #expect(kinds.count == 11, "\(kinds.sorted())")
  }

  @Test("a file that is missing or delivered twice is seen")
  func files() throws {
    let outcome = try Self.run.get()
    let journal = ReferenceLedger(journal: try journal(outcome))
    let files = files(outcome)
    for index in files.indices {
      var fewer = files
      fewer.remove(at: index)
      #expect(faults(journal, fewer) != [], "without \(files[index].name)")
      #expect(faults(journal, files + [files[index]]) != [], "twice \(files[index].name)")
    }
  }
}
