import Foundation
import Interbank
import Testing

/// The gridlock cases of Project Ubin phase 2 (Monetary Authority of Singapore and R3, 2017).
struct UbinCase: Decodable, CustomTestStringConvertible, Sendable {
  struct Obligation: Decodable, Sendable {
    var payer: String
    var payee: String
    var amount: Int64
  }
  struct Stated: Decodable, Sendable {
    var run: Int
    var bank: String
    var balance: Int64
  }
  /// Computed apart, by other programs.
  struct Derived: Decodable, Sendable {
    var gross: Int64
    var fifo_bech_soramaki_settled: Int64
    var fifo_bech_soramaki_count: Int
    var fifo_final: [String: Int64]
    var max_value_subset: Int64?
  }
  var name: String
  var balances: [String: Int64]
  var obligations: [Obligation]
  var expected: [Stated]
  var derived: Derived?

  var testDescription: String { name }

  /// Cases whose stated balances take several steps or the cycle order of the original program:
  /// there the derived values judge alone.
  static let caveats = ["2_3", "3_2", "4_2", "5_4", "6_1", "7_4", "Deadlock"]
  var hasCaveat: Bool { Self.caveats.contains { name.hasSuffix($0) || name.contains(" \($0) ") } }

  static let path =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
    + "/../shared/data/ubin_lsm/cases.json"
  static let isAtHand = FileManager.default.isReadableFile(atPath: path)

  /// Those with obligations; some state balances alone.
  static let all: [UbinCase] =
    isAtHand
    ? (try! JSONDecoder().decode(
      [UbinCase].self, from: Data(contentsOf: URL(fileURLWithPath: path))))
      .filter { !$0.obligations.isEmpty } : []

  var banks: [String] {
    Set(obligations.flatMap { [$0.payer, $0.payee] } + balances.keys.sorted()).sorted()
  }

  var world: NettingWorld {
    let banks = banks
    return NettingWorld(
      queue: obligations.map {
        NettablePayment(
          payer: banks.firstIndex(of: $0.payer)!, payee: banks.firstIndex(of: $0.payee)!,
          amount: $0.amount)
      },
      available: banks.map { balances[$0] ?? 0 })
  }
}

@Suite("Gridlock cases of Project Ubin", .enabled(if: UbinCase.isAtHand, "needs ../shared/data"))
struct UbinCaseTests {
  @Test("Bech-Soramäki reaches the derived value, count and balances", arguments: UbinCase.all)
  func derived(ubin: UbinCase) throws {
    let derived = try #require(ubin.derived)
    let world = ubin.world
    let settled = BechSoramaki.settleable(queue: world.queue, available: world.available)
    #expect(NetPositions.gross(world.queue) == Int128(derived.gross))
    #expect(world.value(settled) == Int128(derived.fifo_bech_soramaki_settled))
    #expect(settled.count == derived.fifo_bech_soramaki_count)
    let final = Dictionary(uniqueKeysWithValues: zip(ubin.banks, world.balances(after: settled)))
    #expect(final == derived.fifo_final)
  }

  @Test(
    "where a case has no caveat, one run gives the balances that it states",
    arguments: UbinCase.all.filter { !$0.hasCaveat })
  func stated(ubin: UbinCase) {
    let world = ubin.world
    let settled = BechSoramaki.settleable(queue: world.queue, available: world.available)
    let final = Dictionary(uniqueKeysWithValues: zip(ubin.banks, world.balances(after: settled)))
    var last: [String: Int64] = [:]
    for stated in ubin.expected { last[stated.bank] = stated.balance }
    for bank in last.keys.sorted() { #expect(final[bank] == last[bank], "\(bank)") }
  }
}
