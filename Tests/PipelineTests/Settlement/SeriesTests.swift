import Measurement
import PaymentModel
import Testing

@testable import Batching
@testable import Pipeline

@Suite("Transfers and queues over time")
struct SeriesTests {
  private static let minute: Int64 = 60_000_000_000

  @Test("a queue stands in every minute until it changes, also where nothing happens")
  func queue() {
    var series = SettlementSeries(currencies: ["USD", "EUR"])
    series.queue(1, count: 2, value: 300, at: Self.minute / 2)
    series.queue(0, count: 0, value: 0, at: Self.minute)
    series.queue(1, count: 1, value: 100, at: 3 * Self.minute + 1)
    series.settle(1, part: 150, isWhole: false, at: 3 * Self.minute + 1)
    series.settle(1, part: 50, isWhole: true, at: 4 * Self.minute)
    series.queue(1, count: 0, value: 0, at: 5 * Self.minute)
    func values(_ name: String) -> [Int] { series.series.values(series.series.index(of: name)!) }
    #expect(values("queued_payments_EUR") == [2, 2, 2, 2, 1])
    #expect(values("queued_value_EUR_minor_units") == [300, 300, 300, 300, 100])
    #expect(values("queued_payments_USD") == [0, 0, 0, 0, 0])
    #expect(values("settled_value_EUR_minor_units") == [0, 0, 0, 150, 50])
    #expect(values("settled_payments_EUR") == [0, 0, 0, 0, 1])
  }

  @Test("the open transfers of a minute are the most at any time of it", arguments: 1...20)
  func open(_ seed: Int) {
    var random = SplitMix(seed: seed)
    var series = TransferSeries()
    var levels: [(at: Int64, open: Int, value: Int)] = [(0, 0, 0)]
    var waiting: [Int64] = []
    var time: Int64 = 0
    for _ in 0..<60 {
      time += Int64(random.pick(0...120)) * 1_000_000_000
      if waiting.isEmpty || random.pick(1...2) == 1 {
        waiting.append(Int64(random.pick(1...900)))
        series.accept(value: waiting.last!, at: time)
      } else {
        series.settle(
          value: waiting.remove(at: random.pick(0...waiting.count - 1)), isLate: false, at: time)
      }
      levels.append((time, waiting.count, Int(waiting.reduce(0, +))))
    }
    let open = series.series.values(series.series.index(of: "open")!)
    let value = series.series.values(series.series.index(of: "open_value_minor_units")!)
    for slot in open.indices {
      let (start, end) = (Int64(slot) * Self.minute, Int64(slot + 1) * Self.minute)
      let standing = levels.last { $0.at <= start }!
      let seen = [standing] + levels.filter { start <= $0.at && $0.at < end }
      #expect(open[slot] == seen.map(\.open).max(), "seed \(seed) slot \(slot)")
      #expect(value[slot] == seen.map(\.value).max(), "seed \(seed) slot \(slot)")
    }
  }
}

@Suite("Plans of a run")
struct PlanTotalsTests {
  private func report(_ hash: UInt64) -> PlanReport {
    var report = PlanReport(method: "all_now", cost: 5)
    report.hash = hash
    return report
  }

  @Test("plans are listed until there are more than may be, and counted all the same")
  func limit() {
    var totals = PlanTotals()
    for number in 0..<PlanTotals.maximumRows {
      totals.add(report(UInt64(number)), at: Int64(number))
    }
    #expect(totals.rows.count == PlanTotals.maximumRows)
    #expect(totals.rows.last?.report.hash == UInt64(PlanTotals.maximumRows - 1))
    var one = PlanTotals()
    one.add(report(1), at: 7)
    var both = totals
    both.merge(one)
    totals.add(report(0), at: 0)
    for sum in [totals, both] {
      #expect(sum.rows.isEmpty && sum.rowCount == PlanTotals.maximumRows + 1)
      #expect(sum.plans == PlanTotals.maximumRows + 1)
    }
    one.merge(totals)
    #expect(one.rows.isEmpty)
  }
}
