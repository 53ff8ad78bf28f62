import Declared
import Batching
import Money
import PaymentModel
import Scenario

/// A random handful of obligations with a world to settle them in, everything small, so that limits
/// are hit and keys collide.
struct SmallWorld {
  var obligations: [Obligation] = []
  var world: SettlementWorld
  /// Every strategy that has a shadow price, with random parameters.
  var strategies: [any ShadowPriced]
  /// What is kept of each obligation: nothing, a part or all of a payment.
  var fees: [Int64] = []
  /// Every strategy, with random parameters.
  var all: [any BatchingStrategy]

  static let hour: Int64 = 3_600_000_000_000
  static let currencies: [Currency] = [.usd, .eur, .gbp, .jpy, .kwd]

  init(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    world = try SmallWorld.settlementWorld(
      maximumBatch: numbers.pick(1...12), discountMinimum: numbers.pick(1...5),
      discountBase: seed % 2 == 0 ? .wire : .wireAndSpread)
    // A clearing account of nobody, of a participant, or none.
    world.clearingBank = [nil, BankID(9), BankID(1)][numbers.pick(0...2)]
    all = []
    for type in StrategyRegistry.all {
      all.append(
        try StrategyRegistry.make(type.name, parameters: type.random(&numbers))
          .bound(to: SmallWorld.outlook, until: 3 * TimeSlots.day))
    }
    strategies = all.compactMap { $0 as? any ShadowPriced }
    let shape = numbers.pick(0...2)
    let spread = [1, 5, 60, 3_000][numbers.pick(0...3)]
    for payment in 0..<numbers.pick(0...70) {
      let captured = Int64(numbers.pick(0...2_879 / spread) * spread) * SmallWorld.hour / 60
      let merchant = numbers.pick(0...3)
      let amount = Int64(numbers.pick(1...100_000) >> numbers.pick(0...12))
      obligations.append(
        Obligation(
          payment: PaymentID(payment), merchant: MerchantID(UInt32(merchant)),
          route: SmallWorld.route(shape, &numbers),
          amount: numbers.pick(0...4) == 0 ? -amount : amount, captured: captured,
          businessDay: Int32((captured + Int64(merchant) * 5 * SmallWorld.hour) / TimeSlots.day),
          deadline: 3, latest: SettlementWindow.allCases[numbers.pick(0...3)]))
    }
    fees = obligations.map { obligation in
      guard obligation.amount > 0 else { return 0 }
      return [0, obligation.amount / 30, obligation.amount][min(numbers.pick(0...9), 2)]
    }
  }

  /// The days around which clocks are set forward in Europe, on the rails of the defaults.
  static let outlook: SettlementOutlook = {
    let date = CivilDate("2026-03-28")!
    return SettlementOutlook(
      ScenarioSettings(name: "small"), epochSecond: Int64(date.dayNumber) * 86_400,
      currencies: [.usd, .eur], rates: try! settlementWorld(maximumBatch: 1).rates)
  }()

  var grouped: GroupedObligations {
    var book = ObligationBook(slots: TimeSlots.scale(for: strategies))
    for (obligation, fee) in zip(obligations, fees) {
      book.add(obligation, fee: fee, rates: world.rates)
    }
    return book.grouped
  }

  /// Two payers and two payees, one payer and four payees, or five banks that all pay each other.
  static func route(_ shape: Int, _ numbers: inout SplitMix) -> SettlementRoute {
    let payer = numbers.pick(0...[1, 0, 4][shape])
    var payee = shape == 2 ? numbers.pick(0...3) : numbers.pick(2 - shape...[3, 4][shape])
    if shape == 2, payee >= payer { payee += 1 }
    return SettlementRoute(
      payer: BankID(UInt16(payer)), payee: BankID(UInt16(payee)),
      source: currencies[min(numbers.pick(0...5), numbers.pick(0...4))],
      destination: currencies[numbers.pick(0...1)])
  }

  static func settlementWorld(
    maximumBatch: Int, discountMinimum: Int = 2, wire: Int64 = 5_00,
    discountBase: CostSettings.DiscountBase = .wire
  ) throws -> SettlementWorld {
    var costs = CostSettings()
    costs.discountMinimum = discountMinimum
    costs.discountBase = discountBase
    costs.wire = MoneyAmount(minorUnits: wire, currency: .usd)
    let rates = try FXTable(
      usdPerUnit: [(.eur, 1.1684), (.gbp, 1.3421), (.jpy, 0.006257), (.kwd, 3.2573)],
      spreads: [
        (.usd, .eur, 2.5), (.usd, .gbp, 3), (.usd, .jpy, 2), (.eur, .gbp, 2), (.usd, .kwd, 40),
      ])
    return SettlementWorld(rates: rates, costs: CostTable(costs), maximumBatch: maximumBatch)
  }
}

extension BatchingStrategy {
  /// Accepted values for all parameters, small ones for counts and shares.
  static func random(_ numbers: inout SplitMix) -> [String: ParameterValue] {
    let windows = [60, 900, 1_800, 3_600, 5_400, 7_200, 14_400, 43_200, 86_400]
    var values: [String: ParameterValue] = [:]
    for parameter in parameters {
      switch parameter.kind {
      case .duration(let range):
        let fitting = windows.filter { range.contains(.seconds($0)) }
        values[parameter.name] = .duration(.seconds(fitting[numbers.pick(0...fitting.count - 1)]))
      case .integer(let range):
        let upper = min(range.upperBound, range.lowerBound + 8)
        values[parameter.name] = .integer(numbers.pick(range.lowerBound...upper))
      case .decimal(let range):
        let share = Double(numbers.pick(0...10)) / 10
        values[parameter.name] = .decimal(
          range.lowerBound + share * (range.upperBound - range.lowerBound))
      case .choice(let words):
        values[parameter.name] = .choice(words[numbers.pick(0...words.count - 1)])
      case .members(let list):
        values[parameter.name] = .choice(list.words[numbers.pick(0...list.words.count - 1)])
      case .times(let most):
        let times = (0..<numbers.pick(1...min(most, 4))).map { _ in
          TimeOfDay(hour: numbers.pick(0...23), minute: numbers.pick(0...3) * 15)
        }
        values[parameter.name] = .times(Array(Set(times)).sorted())
      case .timeZone:
        let zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
        values[parameter.name] = .timeZone(zones[numbers.pick(0...3)])
      }
    }
    return oneKindOfWindow(values, &numbers)
  }

  /// The same with one way to tell when windows end.
  private static func oneKindOfWindow(
    _ values: [String: ParameterValue], _ numbers: inout SplitMix
  ) -> [String: ParameterValue] {
    let kinds = [["window"], ["window", "window_from"], ["at", "time_zone"], ["before_cut_off"]]
    let kept = kinds[numbers.pick(0...3)]
    return values.filter { key, _ in
      kept.contains(key) || !kinds.contains { $0.contains(key) }
    }
  }
}

extension ObligationBook {
  /// Adds an obligation without a fee, at the small world's rates.
  mutating func add(_ obligation: Obligation) throws {
    add(
      obligation, fee: 0, rates: try SmallWorld.settlementWorld(maximumBatch: 1).rates)
  }
}
