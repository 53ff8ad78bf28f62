import Money
import Scenario
import Testing

@testable import Simulator

/// The 25,900 real invoices (UCI Online Retail, D. Chen 2015, doi 10.24432/C5BW33, CC BY 4.0).
///
/// The expected figures come from an independent reading with Python's `csv` and `datetime`, and,
/// for the pairing, from a matcher written apart that sorts lists instead of keeping them.
@Suite("Real invoices", .enabled(if: TraceFiles.hasInvoices, "needs ../shared/data"))
struct TraceInvoicesTests {
  private func workload() -> TraceWorkload {
    var workload = TraceWorkload(file: TraceFiles.invoices)
    workload.idColumn = "InvoiceNo"
    workload.timeColumn = "ts"
    workload.merchant = .column("customer")
    workload.amountColumn = "amount_pence"
    workload.amountUnit = .minor
    workload.currency = .gbp
    workload.cancelColumn = "cancel"
    workload.cancelPrefix = "C"
    return workload
  }

  private func read(_ workload: TraceWorkload) throws(TraceError) -> Trace {
    try TraceReader(
      workload: workload, file: TraceFiles.invoices, start: .firstRecord,
      duration: .seconds(400 * 86_400)
    ).read()
  }

  @Test("all invoices are read; those of zero are named")
  func reading() throws {
    var workload = workload()
    workload.malformedRows = .report
    let trace = try read(workload)
    #expect(trace.rows == 25_900)
    #expect(trace.records.count == 23_798)
    #expect(trace.merchants.count == 4_372)
    #expect(trace.start == 1_291_161_600_000_000_000)
    #expect(trace.records.first?.time == 30_360_000_000_000)
    #expect(trace.records.last?.time == 32_273_400_000_000_000)
    #expect(trace.records.reduce(0) { $0 + $1.time / 1_000_000_000 } == 429_366_660_360)
    #expect(trace.notes.malformed.count == 2_102)
    #expect(
      trace.notes.malformed.first.map(\.row) == [48, 92, 93, 94, 96, 97, 99, 100, 101, 136])
    #expect(trace.notes.duplicate.count == 0)
    #expect(trace.notes.unordered.count == 0)
    let cancellations = trace.records.filter(\.isCancellation)
    #expect(cancellations.count == 3_838)
    #expect(cancellations.reduce(0) { $0 + $1.amount } == 91_893_661)
    let payments = trace.records.filter { !$0.isCancellation }
    #expect(payments.reduce(0) { $0 + $1.amount } == 1_066_668_454)
  }

  @Test("the invoices of zero are refused by default")
  func refusal() throws {
    let error = #expect(throws: TraceError.self) { try read(workload()) }
    guard case .refused(_, let problems, let total) = error else {
      Issue.record("not refused: \(String(describing: error))")
      return
    }
    #expect(total == 2_102)
    #expect(problems.count == 10)
    #expect(problems.first?.row == 48)
  }

  @Test("the cancellations are paired, and no more is taken back than was paid")
  func pairing() throws {
    var workload = workload()
    workload.malformedRows = .report
    let trace = try read(workload)
    var matcher = CancellationMatcher()
    var taken: [Int: Int64] = [:]
    var parts: [Int: Int] = [:]
    var unmatched = (noPayment: 0, notCovered: 0)
    for (index, record) in trace.records.enumerated() {
      let merchant = Int(record.merchant)
      guard record.isCancellation else {
        matcher.pay(index, merchant: merchant, currency: record.currency, amount: record.amount)
        continue
      }
      switch matcher.cancel(merchant: merchant, currency: record.currency, amount: record.amount) {
      case .parts(let list):
        parts[list.count, default: 0] += 1
        for part in list { taken[part.payment, default: 0] += part.amount }
      case .unmatched(.noPayment): unmatched.noPayment += 1
      case .unmatched(.notCovered): unmatched.notCovered += 1
      }
    }
    #expect(parts == [1: 3_615, 2: 12, 3: 3, 4: 1])
    #expect(unmatched.noPayment == 201)
    #expect(unmatched.notCovered == 6)
    #expect(taken.values.reduce(0, +) == 89_378_951)
    for (payment, amount) in taken { #expect(amount <= trace.records[payment].amount) }
  }
}
