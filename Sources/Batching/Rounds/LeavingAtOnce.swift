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
    let value = obligation.value(by: world.rates)
    let next = cycle.end(after: world.now, route.destination)
    let longest = Double(next - world.now) * world.costs.delayRate
    // Of most that comes about this is all that is looked at: what follows asks the calendar.
    guard value > 0, value * longest > outlook.leastPrice(route.destination, world.costs),
      outlook.isOpen(route.destination, at: world.now)
    else { return false }
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
