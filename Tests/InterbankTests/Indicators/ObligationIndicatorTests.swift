import Interbank
import Testing

/// Obligations between a few banks in a few currencies.
private struct SmallDebts {
  static let banks = 4
  static let currencies = 2
  static let end: Int64 = 1_000
  var obligations: [BankObligation] = []

  init(seed: Int) {
    var random = NettingWorld.Numbers(seed: seed)
    var time: Int64 = 0
    for _ in 0..<random.pick(0...12) {
      time += Int64(random.pick(0...150))
      let payer = random.pick(0...Self.banks - 1)
      let given = Int64(random.pick(1...50))
      let source = random.pick(0...Self.currencies - 1)
      let destination = random.pick(0...Self.currencies - 1)
      let delay = Int64(random.pick(0...900))
      obligations.append(
        BankObligation(
          payer: payer, payee: (payer + random.pick(1...Self.banks - 1)) % Self.banks,
          source: source, given: given, destination: destination,
          received: source == destination ? given : 2 * given, value: given, arrived: time,
          settled: random.pick(1...8) == 1 ? nil : time + delay,
          due: time + Int64(random.pick(0...900))))
    }
  }

  var indicators: ObligationIndicators {
    var indicators = ObligationIndicators(
      banks: Self.banks, currencies: Self.currencies, end: Self.end)
    for obligation in obligations { indicators.add(obligation) }
    indicators.finish()
    return indicators
  }

  /// What a bank has given less what it has got, once the first `count` have settled.
  func given(_ bank: Int, _ currency: Int, first count: Int) -> Int64 {
    obligations.prefix(count).reduce(0) { sum, item in
      sum + (item.payer == bank && item.source == currency ? item.given : 0)
        - (item.payee == bank && item.destination == currency ? item.received : 0)
    }
  }

  /// What `bank` owes `others` less what they owe it, in the currency that payees get.
  func owed(_ bank: Int, _ others: Range<Int>, _ currency: Int) -> Int64 {
    obligations.filter { $0.destination == currency }.reduce(0) { sum, item in
      sum + (item.payer == bank && others.contains(item.payee) ? item.received : 0)
        - (item.payee == bank && others.contains(item.payer) ? item.received : 0)
    }
  }
}

@Suite("Indicators of obligations")
struct ObligationIndicatorTests {
  @Test("nets and liquidity bounds are those of looking at every moment", arguments: 1...200)
  func nets(_ seed: Int) {
    let debts = SmallDebts(seed: seed)
    let all = 0..<SmallDebts.banks
    for (currency, found) in debts.indicators.currencies.enumerated() {
      let here = debts.obligations.filter { $0.destination == currency }
      #expect(found.gross == here.reduce(0) { $0 + $1.received }, "seed \(seed)")
      #expect(
        found.multilateralNet == all.reduce(0) { $0 + max(0, debts.owed($1, all, currency)) },
        "seed \(seed)")
      let pairs = all.flatMap { bank in all.map { debts.owed(bank, $0..<$0 + 1, currency) } }
      #expect(found.bilateralNet == pairs.reduce(0) { $0 + max(0, $1) }, "seed \(seed)")
      let count = debts.obligations.count
      let peaks = all.map { bank in
        (0...count).map { debts.given(bank, currency, first: $0) }.max()!
      }
      #expect(found.upperBound == peaks.reduce(0, +), "seed \(seed)")
      #expect(found.multilateralNet <= found.bilateralNet, "seed \(seed)")
    }
  }

  @Test("delay is counted moment by moment, and only until the end", arguments: 1...50)
  func delay(_ seed: Int) {
    let debts = SmallDebts(seed: seed)
    var waited: Int128 = 0
    var possible: Int128 = 0
    for moment in 0..<SmallDebts.end {
      for item in debts.obligations where item.arrived <= moment {
        possible += Int128(item.value)
        if item.settled ?? .max > moment { waited += Int128(item.value) }
      }
    }
    let indicators = debts.indicators
    #expect(indicators.delayedValueTime == waited, "seed \(seed)")
    #expect(indicators.possibleValueTime == possible, "seed \(seed)")
    #expect(indicators.count == debts.obligations.count)
    #expect(indicators.settledCount == debts.obligations.count { $0.settled != nil })
    let inTime = debts.obligations.filter { ($0.settled ?? .max) <= $0.due }
    #expect(indicators.inTime == inTime.count, "seed \(seed)")
    if let delay = indicators.settlementDelay { #expect((0...1).contains(delay)) }
  }

  private let debt = BankObligation(
    payer: 0, payee: 1, source: 0, given: 100, destination: 0, received: 100, value: 100,
    arrived: 0, settled: 50, due: 49)

  @Test("what gives money back has no part in the delay, as it comes about with the settlement")
  func returns() {
    var indicators = ObligationIndicators(banks: 2, currencies: 1, end: 100)
    indicators.add(debt)
    let delay = indicators.settlementDelay
    var back = debt
    (back.payer, back.payee, back.arrived, back.settled) = (1, 0, 50, 90)
    back.isReturn = true
    indicators.add(back)
    indicators.finish()
    #expect(delay == 0.5 && indicators.settlementDelay == delay)
    #expect(indicators.currencies[0].gross == 200)
  }

  @Test("an obligation settled a moment after it was due is late")
  func late() {
    var indicators = ObligationIndicators(banks: 2, currencies: 1, end: 100)
    #expect(indicators.inTimeRatio == nil && indicators.settlementDelay == nil)
    indicators.add(debt)
    var other = debt
    other.settled = 49
    indicators.add(other)
    indicators.finish()
    #expect(indicators.inTimeRatio == 0.5)
    #expect(indicators.settlementDelay == 0.495)
  }
}

@Suite("Money that wires move")
struct MovedMoneyTests {
  private let banks = [true, true, true, false]

  @Test("what settles by itself moves whole, what settles together only what remains net")
  func groups() {
    var moved = MovedMoney(banks: banks, keepsPositions: false)
    moved.move(from: 0, to: 1, amount: 100, group: 1, isWire: true)
    #expect(moved.value == 100 && moved.liquidityUsed == 100)
    moved.move(from: 1, to: 0, amount: 80, group: 2, isWire: true)
    #expect(moved.value == 180 && moved.liquidityUsed == 100)
    moved.move(from: 1, to: 2, amount: 50, group: 3, isWire: true)
    moved.move(from: 2, to: 1, amount: 60, group: 3, isWire: true)
    #expect(moved.value == 190 && moved.liquidityUsed == 110)
  }

  @Test("the clearing house only passes on, and deals take liquidity but move no wire's money")
  func others() {
    var moved = MovedMoney(banks: banks, keepsPositions: false)
    moved.move(from: 0, to: 3, amount: 70, group: 1, isWire: true)
    moved.move(from: 3, to: 1, amount: 70, group: 2, isWire: true)
    #expect(moved.value == 70 && moved.liquidityUsed == 70)
    moved.move(from: 2, to: 3, amount: 40, group: 3, isWire: false)
    #expect(moved.value == 70 && moved.liquidityUsed == 110)
  }

  @Test("positions move what is left of them when they are paid")
  func positions() {
    var moved = MovedMoney(banks: banks, keepsPositions: true)
    moved.move(from: 0, to: 1, amount: 100, group: 1, isWire: true)
    moved.move(from: 1, to: 0, amount: 80, group: 2, isWire: true)
    #expect(moved.value == 20 && moved.liquidityUsed == 100)
    moved.payPositions()
    moved.move(from: 0, to: 1, amount: 5, group: 3, isWire: true)
    #expect(moved.value == 25)
  }

  @Test("every way of grouping moves no less than the net of everything", arguments: 1...100)
  func bound(_ seed: Int) {
    var random = NettingWorld.Numbers(seed: seed)
    var moved = MovedMoney(banks: banks, keepsPositions: random.pick(0...1) == 1)
    var nets: [Int64] = [0, 0, 0, 0]
    var gross: Int64 = 0
    var group: Int64 = 1
    for _ in 0..<20 {
      let payer = random.pick(0...2)
      let payee = (payer + random.pick(1...2)) % 3
      let amount = Int64(random.pick(1...100))
      group += Int64(random.pick(0...1))
      moved.move(from: payer, to: payee, amount: amount, group: group, isWire: true)
      if random.pick(1...5) == 1 { moved.payPositions() }
      nets[payer] += amount
      nets[payee] -= amount
      gross += amount
    }
    let net = nets.reduce(0) { $0 + max(0, $1) }
    #expect(net <= moved.value && moved.value <= gross, "seed \(seed)")
    #expect(moved.lowerBound == net && net <= moved.liquidityUsed, "seed \(seed)")
    for bank in 0..<3 { #expect(nets[bank] <= moved.liquidityUsed(by: bank), "seed \(seed)") }
  }
}
