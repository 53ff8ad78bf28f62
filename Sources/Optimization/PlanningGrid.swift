/// The problem with everything at fixed positions, as the search wants it.
///
/// A *slot* is a window with a rail; a *key* is a destination, a counterparty and a slot, where
/// batches are sent; a *lane* is all keys of one destination and counterparty. Costs are in
/// millionths of a minor unit.
struct PlanningGrid {
  let problem: PlanningProblem
  let graph: ConversionGraph
  let rails: Int
  /// Number of slots.
  let slots: Int
  /// Limits by currency and window, `Int64.max` where there is none.
  let liquidity: [Int64]
  /// Limits by counterparty and window, `Int64.max` where there is none.
  let counterpartyLimits: [Int64]
  /// Sets of slots, the earliest slot first, by destination and set of windows.
  private let slotSets: [[Int]]
  /// The set of each payment: windows up to its latest with limits that it does not exceed alone.
  private let setOfPayment: [Int]
  /// The sets one after the other, and where each begins: an inner loop that walks a range of one
  /// array need not retain another.
  private let places: [Int]
  private let firstPlace: [Int]
  private let windowOfSlot: [Int]
  private let daysOfSlot: [Int]
  private let railOfSlot: [Int]
  /// Prices by rail and number of payments.
  private let prices: [Int64]

  static let windows = PlanningWindow.allCases.count
  /// Value dates T+0, T+1, T+2.
  static let dates = PlanningWindow.secondDay.days + 1

  init(_ problem: PlanningProblem) {
    self.problem = problem
    graph = ConversionGraph(currencies: problem.currencies, quotes: problem.quotes)
    rails = problem.rails.count
    slots = Self.windows * problem.rails.count
    func flat(_ limits: [WindowLimits]) -> [Int64] {
      limits.flatMap { entry in PlanningWindow.allCases.map { entry[$0] ?? .max } }
    }
    liquidity = flat(problem.liquidity)
    counterpartyLimits = flat(problem.counterpartyLimits)
    var sets: [[Int]] = []
    for destination in 0..<problem.currencies {
      for windows in 0..<1 << Self.windows {
        var usable: [Int] = []
        for window in PlanningWindow.allCases where windows >> window.rawValue & 1 == 1 {
          for (rail, offer) in problem.rails.enumerated()
          where offer.windows.contains(window)
            && (offer.destinations?.contains(destination) ?? true)
          {
            usable.append(window.rawValue * problem.rails.count + rail)
          }
        }
        sets.append(usable)
      }
    }
    slotSets = sets
    setOfPayment = problem.payments.map { [liquidity, counterpartyLimits] payment in
      let windows = PlanningWindow.allCases.filter { window in
        let (currency, counterparty) = (payment.destination, payment.counterparty)
        return window <= payment.latest
          && payment.value <= liquidity[currency * Self.windows + window.rawValue]
          && payment.value <= counterpartyLimits[counterparty * Self.windows + window.rawValue]
      }
      return payment.destination << Self.windows + windows.reduce(0) { $0 | 1 << $1.rawValue }
    }
    places = sets.flatMap { $0 }
    firstPlace = sets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    windowOfSlot = (0..<slots).map { [rails] in $0 / rails }
    daysOfSlot = windowOfSlot.map { PlanningWindow.allCases[$0].days }
    railOfSlot = (0..<slots).map { [rails] in $0 % rails }
    prices = problem.rails.flatMap { rail in
      (0...problem.payments.count).map { Self.price(problem, rail, of: $0) }
    }
  }

  /// Slots that may take the payment at a position: not after its latest window, nor where it alone
  /// exceeds a limit.
  func slots(of position: Int) -> [Int] { slotSets[setOfPayment[position]] }

  /// Positions of these slots for `slot(at:)`.
  func places(of position: Int) -> Range<Int> {
    let index = setOfPayment[position]
    return firstPlace[index]..<firstPlace[index + 1]
  }

  func slot(at place: Int) -> Int { places[place] }

  func window(ofSlot slot: Int) -> Int { windowOfSlot[slot] }
  func rail(ofSlot slot: Int) -> Int { railOfSlot[slot] }
  func days(ofSlot slot: Int) -> Int { daysOfSlot[slot] }

  /// Number of lanes.
  var lanes: Int { problem.currencies * problem.counterparties }
  func lane(destination: Int, counterparty: Int) -> Int {
    destination * problem.counterparties + counterparty
  }

  /// Batches that `count` payments of one key need.
  func batches(of count: Int) -> Int { Self.batches(problem, of: count) }

  /// How many of these batches can get the discount by count: payments are divided so that as many
  /// as possible do.
  func discountedBatches(of count: Int) -> Int { Self.discountedBatches(problem, of: count) }

  /// Price of the batches of `count` payments on a rail, discount taken off.
  func price(rail: Int, of count: Int) -> Int64 {
    prices[rail * (problem.payments.count + 1) + count]
  }

  private static func batches(_ problem: PlanningProblem, of count: Int) -> Int {
    (count + problem.maximumBatch - 1) / problem.maximumBatch
  }

  private static func discountedBatches(_ problem: PlanningProblem, of count: Int) -> Int {
    problem.discountMinimum > problem.maximumBatch
      ? 0 : min(batches(problem, of: count), count / problem.discountMinimum)
  }

  private static func price(
    _ problem: PlanningProblem, _ rail: PlanningRail, of count: Int
  ) -> Int64 {
    let discounted = rail.earnsDiscount ? Int64(discountedBatches(problem, of: count)) : 0
    return Int64(batches(problem, of: count)) * (rail.fee + rail.operatorFee) * 1_000_000
      - discounted * rail.fee * problem.discountPartsPerMillion
  }

  /// Cost of a payment's value waiting for a slot, and of its own conversion if none are netted.
  func waitingCost(of payment: PlanningPayment, slot: Int) -> Int64 {
    let carry = payment.value * problem.carryPartsPerMillion * Int64(days(ofSlot: slot))
    if problem.netsConversions { return carry }
    return carry + payment.value * graph.distance(payment.source, payment.destination)
  }

  /// Penalty for putting a payment off.
  func deferralCost(of payment: PlanningPayment) -> Int64 {
    payment.value * problem.deferralPartsPerMillion + problem.deferralFee * 1_000_000
  }
}
