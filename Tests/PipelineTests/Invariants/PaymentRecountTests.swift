import Money
import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("Recount of payments")
struct PaymentRecountTests {
  /// One merchant, one acquirer beside the scheme, one currency, fees of 2 %.
  private let laidOut: Deployment

  init() throws {
    laidOut = try deployment {
      $0.merchants.count = 1
      $0.merchants.markets = [market("XX", "Europe/Berlin", .eur, share: 1)]
      $0.merchants.feePlans = [
        .init(name: "flat", share: 1, rate: 0.02, fixed: MoneyAmount(minorUnits: 0, currency: .usd))
      ]
      $0.cells.perRegion = 1
    }
  }

  private var accounts: Accounts { Accounts(of: laidOut.cells[0], laidOut) }

  private func recount(_ payments: [(PaymentRow, captured: Int64, refunded: Int64)])
    -> PaymentRecount
  {
    var recount = PaymentRecount(
      accounts: accounts,
      fees: FeeRecount(
        laidOut.settings.merchants.feePlans, laidOut.currencies, at: laidOut.fx),
      merchants: laidOut.cells[0].merchants, batches: 1)
    for (number, payment) in zip(PaymentID.all, payments) {
      recount.add(
        number, payment.0, captured: payment.captured, refunded: payment.refunded)
    }
    return recount
  }

  /// A payment of 1,000 that has come as far as a state.
  private func row(_ state: PaymentState, _ traits: PaymentTraits = []) -> PaymentRow {
    var row = paymentRow(1, amount: 1_000, second: 5)
    row.state = state
    row.traits = traits
    let all: [PaymentSteps] = (0..<PaymentSteps.names.count).map {
      PaymentSteps(rawValue: 1 << UInt16($0))
    }
    let count =
      switch state {
      case .batched: 13
      case .captured: 11
      case .authorized, .voided, .expired: 8
      default: 6
      }
    row.steps = PaymentSteps(all.prefix(count))
    row.capturedSecond = count > 8 ? 6 : 0
    row.batch = state == .batched ? 1 : 0
    return row
  }

  @Test("a settled payment: held, captured in part, the rest released, fee and net paid out")
  func settled() {
    let recount = recount([(row(.batched), 600, 100)])
    #expect(recount.fault == nil)
    let (payable, receivable) = (accounts.payable(0, 0), accounts.receivable(0, 0))
    var journal = LedgerFold()
    journal.add(.hold, debit: receivable, credit: payable, amount: 1_000)
    journal.add(.capture, debit: receivable, credit: payable, amount: 600)
    journal.add(.release, debit: receivable, credit: payable, amount: 400)
    journal.add(.refund, debit: payable, credit: receivable, amount: 100)
    journal.add(.fee, debit: payable, credit: accounts.own(.fees, 0), amount: 12)
    journal.add(.payout, debit: payable, credit: accounts.own(.inTransit, 0), amount: 488)
    #expect(recount.journal == journal)
    #expect(recount.owed == [488] && recount.approvals == [1, 0, 0])
    #expect(recount.members[1] == .init(payments: 1, net: 588, isUnconverted: true))
    #expect(
      recount.sums[0]
        == .init(authorized: 1_000, captured: 600, refunded: 100, fees: 12))
  }

  @Test("a void gives the fee back; a hold that ends without capture releases all of it")
  func voided() {
    let recount = recount([
      (row(.batched, .voided), 1_000, 1_000), (row(.expired), 0, 0), (row(.voided), 0, 0),
      (row(.declined), 0, 0),
    ])
    #expect(recount.fault == nil && recount.declined == 1 && recount.scored == 4)
    #expect(recount.owed == [0] && recount.sums[0].fees == 0)
    #expect(recount.sums[0].voided == 1_000 && recount.sums[0].authorized == 3_000)
    #expect(recount.journal.pending == 0)
    #expect(recount.journal[.release] == recount.journal[.hold] &- recount.journal[.capture])
  }

  @Test("what a payment breaks by itself is found")
  func faults() {
    var early = row(.captured)
    early.capturedSecond = 4
    var stepless = row(.batched)
    stepless.steps.remove(.published)
    let wrong: [(PaymentRecount.Rule, PaymentRow, Int64, Int64)] = [
      (.amounts, row(.captured), 1_001, 0), (.amounts, row(.captured), 0, 0),
      (.amounts, row(.batched), 600, 601), (.amounts, row(.voided), 0, 1),
      (.time, early, 1_000, 0), (.steps, stepless, 1_000, 0),
      (.request, row(.declined, .invalid), 0, 0),
    ]
    for (rule, row, captured, refunded) in wrong {
      let fault = recount([(self.row(.declined), 0, 0), (row, captured, refunded)]).fault
      #expect(fault?.rule == rule && fault?.payment == 2, "\(row)")
    }
  }
}
