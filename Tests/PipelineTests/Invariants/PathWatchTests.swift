import Money
import PaymentModel
import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Watches on the path of a payment")
struct PathWatchTests {
  @Test("the rate meter and the token bucket are of one mind, at any rate and burst")
  func rate() {
    var random = SplitMix(seed: 11)
    for _ in 0..<200 {
      let perSecond = Int64.random(in: 1...1_000_000, using: &random)
      let rate = TokenRate(
        perSecond: Double(perSecond) / [1, 1_000].randomElement(using: &random)!)
      let burst = Int.random(in: 1...50, using: &random)
      var (bucket, meter) = (TokenBucket(burst: burst, rate), RateMeter())
      var now: Int64 = 0
      for _ in 0..<200 {
        now += Int64.random(in: 0...3_000_000_000 / perSecond, using: &random)
        #expect(
          bucket.take(now: now, rate, burst: burst)
            == meter.conforms(now: now, rate, burst: burst))
      }
    }
  }

  @Test("one request above the burst does not conform, one after its time does")
  func burst() {
    var meter = RateMeter()
    let passed = [0, 0, 0, 499_999_999, 500_000_000, 500_000_000].map { (now: Int64) in
      meter.conforms(now: now, TokenRate(perSecond: 2), burst: 3)
    }
    #expect(passed == [true, true, true, false, true, false])
  }

  @Test("a hold is captured before its end, and expires at it")
  func holds() {
    let term = HoldTerm(validity: 100)
    let began = VirtualInstant(nanoseconds: 50)
    for now in 50..<150 as Range<Int64> {
      #expect(term.allowsCapture(VirtualInstant(nanoseconds: now), since: began))
      #expect(!term.hasExpired(VirtualInstant(nanoseconds: now), since: began))
    }
    #expect(!term.allowsCapture(VirtualInstant(nanoseconds: 150), since: began))
    #expect(term.hasExpired(VirtualInstant(nanoseconds: 150), since: began))
  }

  @Test("each state has its steps: one too few or one too many is found")
  func steps() {
    let whole = PaymentSteps.whole
    #expect(StepRule.allows(whole, in: .batched))
    #expect(StepRule.allows([.validated, .keyClaimed], in: .accepted))
    for bit in PaymentSteps.names.indices {
      let step = PaymentSteps(rawValue: 1 << UInt16(bit))
      #expect(StepRule.allows(whole.subtracting(step), in: .batched) == (step == .stated))
    }
    let held = whole.subtracting([.captured, .posted, .windowed, .batched, .stated])
    for state in [PaymentState.authorized, .voided, .expired] {
      #expect(StepRule.allows(held, in: state))
      #expect(!StepRule.allows(held.union(.captured), in: state))
      #expect(!StepRule.allows(held.subtracting(.held), in: state))
    }
    #expect(!StepRule.allows(held, in: .declined))
    #expect(StepRule.allows(held.subtracting([.authorized, .held]), in: .declined))
  }

  private func record(
    _ payment: PaymentID, merchant: CellMerchant = 0, _ offset: Int
  ) -> BusRecord {
    BusRecord(
      payment: payment, merchant: merchant, partition: 0, offset: offset, sent: 0, published: 0)
  }

  private func watch(_ ordering: BusSettings.Ordering, limit: Int = 8) -> BusWatch {
    var settings = BusSettings()
    settings.ordering = ordering
    settings.inFlightPerPartition = limit
    return BusWatch(settings, partitions: 1, merchants: 2)
  }

  @Test("records out of order are found, as far as the scenario asks for order")
  func order() {
    var strict = watch(.partition)
    #expect(strict.take(record(1, 0)) == nil)
    #expect(strict.take(record(2, 1)) == .inFlight)
    strict.complete(record(1, 0))
    strict.complete(record(2, 1))
    #expect(strict.take(record(4, 3)) == .order)
    var merchants = watch(.merchant)
    #expect(merchants.take(record(1, 5)) == nil)
    #expect(merchants.take(record(2, merchant: 1, 3)) == nil)
    #expect(merchants.take(record(3, 6)) == .order)
    merchants.complete(record(1, 5))
    merchants.complete(record(3, 6))
    #expect(merchants.take(record(4, 6)) == .order)
    merchants.complete(record(4, 6))
    #expect(merchants.take(record(5, 7)) == nil)
    var free = watch(.payment, limit: 2)
    #expect(free.take(record(1, 5)) == nil)
    #expect(free.take(record(2, 3)) == nil)
    #expect(free.take(record(3, 4)) == .inFlight)
  }

  @Test("a record that is lost, repeated or another one changes the sum; order does not")
  func sums() {
    func sum(_ records: [(PaymentID, Int)]) -> BusSum {
      records.reduce(into: BusSum()) { $0.add(record($1.0, $1.1)) }
    }
    #expect(sum([(1, 0), (2, 1)]) == sum([(2, 1), (1, 0)]))
    #expect(sum([(1, 0)]) != sum([(1, 0), (1, 0)]))
    #expect(sum([(1, 0), (2, 1)]) != sum([(1, 0), (3, 1)]))
    #expect(sum([(1, 0), (2, 1)]) != sum([(1, 1), (2, 0)]))
  }

  @Test("two payments of one key are found, but where the key may have been forgotten")
  func keys() {
    var settings = IdempotencySettings()
    settings.timeToLive = .seconds(100)
    settings.capacity = 3
    let store = PaymentStore()
    for (key, second) in [(7, 0), (8, 10), (7, 90), (9, 95), (8, 96), (8, 196)]
      as [(UInt64, UInt32)]
    {
      _ = store.append(paymentRow(KeyFingerprint(key << 32), second: second))
    }
    let repeated = [7, 8].map { KeyFingerprint($0 << 32 as UInt64) }
    #expect(Set(KeyCensus.repeatedKeys(in: store)) == Set(repeated))
    for mode in [IdempotencySettings.Mode.hybrid, .database] {
      settings.mode = mode
      #expect(KeyCensus(settings).repeated(in: store)! == (1, 3))
    }
    settings.mode = .fastStore
    #expect(KeyCensus(settings).repeated(in: store)! == (1, 3))
    settings.capacity = 1
    #expect(KeyCensus(settings).repeated(in: store)! == (5, 6))
    settings.timeToLive = .seconds(102)
    settings.capacity = 2
    #expect(KeyCensus(settings).repeated(in: store)! == (1, 3))
  }

  @Test("fees recounted in integers are those of the schedules, half to even and fixed part too")
  func fees() throws {
    var random = SplitMix(seed: 2)
    let rates = try deployment().fx
    let run = [Currency.usd, .jpy]
    for _ in 0..<2_000 {
      let rate = Double(Int.random(in: 0...1_000_000, using: &random)) / 1e6
      let fixed = MoneyAmount(
        minorUnits: Int64.random(in: 0...500, using: &random), currency: .usd)
      let plan = MerchantSettings.FeePlan(name: "p", share: 1, rate: rate, fixed: fixed)
      let recount = FeeRecount([plan], run, at: rates)
      for (position, currency) in run.enumerated() {
        let amount = Int64.random(in: 1...1_000_000_000_000, using: &random)
        let schedule = FeeSchedule(rate: rate, fixed: rates.convert(fixed, to: currency).amount)
        let fee = schedule.fee(on: MoneyAmount(minorUnits: amount, currency: currency)).minorUnits
        let (kept, cut) = recount.fee(on: amount, plan: 0, currency: CurrencyIndex(position))
        #expect(kept == min(fee, amount) && cut == max(0, fee - amount))
      }
    }
  }
}
