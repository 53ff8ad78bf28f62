import Money
import PaymentModel

/// Whether what comes about is better settled at once, by a wire of its own, than with others in
/// the next round: whether the delay until then costs more than the wire and what exchanging it by
/// itself costs more.
struct LeavingAtOnce {
  let world: SettlementWorld
  let cycle: SettlementCycle
  let outlook: SettlementOutlook
  let netsConversions: Bool

  /// Whether it is, for what has come about now.
  func pays(_ obligation: Obligation) -> Bool {
    let route = obligation.route
    let amount = MoneyAmount(minorUnits: obligation.amount, currency: route.source)
    let value = Double(world.rates.inReportingCurrency(amount).minorUnits)
    let next = cycle.end(after: world.now, route.destination)
    // A wire is free of charge at best, so that little of what comes about is looked at further.
    let longest = Double(next - world.now) * world.costs.delayRate
    guard value > 0, outlook.isOpen(route.destination, at: world.now) else { return false }
    let price = RoundHorizon.Price(
      outlook.price(of: .rtgs, route.destination, at: world.now), world.costs)
    guard value * longest > price.single else { return false }
    let wait =
      outlook.arrival(route.destination, sentAt: next)
      - outlook.arrival(route.destination, sentAt: world.now)
    let delay = value * world.costs.delayRate
    let byItself = delay * Double(wait)
    guard route.source != route.destination else { return byItself > price.single }
    let dealt = price.single + 2 * price.operatorFee
    guard netsConversions else { return byItself > dealt }
    let spread =
      value * (world.rates.spreadBasisPoints(from: route.source, to: route.destination) ?? 0)
      / 10_000
    guard byItself > dealt, let setOff = setOff(route, value) else { return false }
    return max(byItself, delay * setOff.wait) > dealt + spread * (1 - setOff.remains)
  }

  /// The part of an exchange that is expected to remain where it is set off against what comes
  /// within a day, and how long that takes (ns); nil where nothing is known of what comes.
  private func setOff(
    _ route: SettlementRoute, _ value: Double
  ) -> (remains: Double, wait: Double)? {
    guard let expected = world.expected, expected.payers > 0 else { return nil }
    let day: Int64 = 86_400_000_000_000
    let count =
      expected.count(from: world.now, to: world.now + day) / Double(expected.payers)
    var (source, destination) = (ExpectedPosition(), ExpectedPosition())
    var (needed, offered) = (0.0, 0.0)
    for kind in expected.kinds where kind.source != kind.destination {
      let (sum, square) = (count * kind.share * kind.mean, count * kind.share * kind.square)
      if kind.source == route.source { source.add(sum, square: square) }
      if kind.destination == route.source {
        source.add(-sum, square: square)
        needed += sum
      }
      if kind.source == route.destination {
        destination.add(sum, square: square)
        offered += sum
      }
      if kind.destination == route.destination { destination.add(-sum, square: square) }
    }
    return (
      ExpectedPosition.remains(source: source, destination: destination),
      ExpectedPosition.wait(
        source: source, needed: needed / Double(day), left: value,
        destination: destination, offered: offered / Double(day), lacking: value)
    )
  }
}

/// What a payer is expected to have too much of in a currency, with the square of how far that is
/// uncertain; minor units of the reporting currency.
struct ExpectedPosition {
  var mean = 0.0
  var variance = 0.0

  mutating func add(_ value: Double, square: Double) {
    mean += value
    variance += square
  }

  /// From -1, surely too little, to 1, surely too much.
  private var sign: Double {
    // 1.57 is half pi: the slope at zero is that of the normal distribution.
    let spread = (mean * mean + 1.57 * variance).squareRoot()
    return spread > 0 ? mean / spread : (mean >= 0 ? 1 : -1)
  }

  /// How long an exchange waits until what comes has set it off: for a currency of which there will
  /// be too much anyway nothing is waited for, since the rest of it is dealt then (ns).
  ///
  /// - Parameters:
  ///   - needed: what is expected to be needed of the source currency each nanosecond.
  ///   - left: what there is too much of it.
  ///   - offered: what is expected to come of the destination currency each nanosecond.
  ///   - lacking: what is lacking of it.
  static func wait(
    source: ExpectedPosition, needed: Double, left: Double, destination: ExpectedPosition,
    offered: Double, lacking: Double
  ) -> Double {
    func time(_ amount: Double, _ rate: Double, _ weight: Double) -> Double {
      min(1, weight) * max(0, amount) / max(rate, .leastNormalMagnitude)
    }
    return max(
      time(left, needed, 1 - source.sign), time(lacking, offered, 1 + destination.sign))
  }

  /// The part of an exchange of one currency for another that has to be made all the same, since
  /// nothing comes that it could be set off against.
  static func remains(source: ExpectedPosition, destination: ExpectedPosition) -> Double {
    max(0, min(1, (source.sign - destination.sign) / 2))
  }
}
