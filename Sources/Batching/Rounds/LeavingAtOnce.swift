import Chance
import Money
import PaymentModel

/// Whether what comes about is better settled at once, by a wire of its own, than with others in
/// the next round: whether the delay until then costs more than the part of a wire that the round
/// saves in the mean and what exchanging it by itself costs more.
struct LeavingAtOnce {
  let world: SettlementWorld
  let cycle: SettlementCycle
  let outlook: SettlementOutlook
  let netsConversions: Bool
  /// The part of a wire that waiting saves at least.
  private static let least = 0.1

  /// Whether it is, for what has come about now.
  func pays(_ obligation: Obligation) -> Bool {
    let route = obligation.route
    let value = obligation.value(by: world.rates)
    let next = cycle.end(after: world.now, route.destination)
    let longest = Double(next - world.now) * world.costs.delayRate
    // Of most that comes about this is all that is looked at: what follows asks the calendar.
    guard value > 0,
      value * longest > Self.least * outlook.leastPrice(route.destination, world.costs),
      outlook.isOpen(route.destination, at: world.now)
    else { return false }
    let price = RoundHorizon.Price(
      outlook.price(of: .rtgs, route.destination, at: world.now), world.costs)
    let saved = saved(route.destination, until: next, price)
    guard value * longest > saved else { return false }
    let wait =
      outlook.arrival(route.destination, sentAt: next)
      - outlook.arrival(route.destination, sentAt: world.now)
    let delay = value * world.costs.delayRate
    let byItself = delay * Double(wait)
    guard route.source != route.destination else { return byItself > saved }
    let dealt = saved + shared(route, until: next) * 2 * price.operatorFee
    guard netsConversions else { return byItself > dealt }
    let spread =
      value * (world.rates.spreadBasisPoints(from: route.source, to: route.destination) ?? 0)
      / 10_000
    guard byItself > dealt, let setOff = setOff(route, value, dealt: dealt)
    else { return false }
    return max(byItself, delay * setOff.wait) > dealt + spread * (1 - setOff.remains)
  }

  /// What waiting for the next round saves in wires in the mean, with what waits and what is
  /// expected until then; the whole wire where nothing is known of what comes.
  private func saved(
    _ destination: Currency, until next: Int64, _ price: RoundHorizon.Price
  ) -> Double {
    guard let expected = world.expected, expected.banks > 1 else { return price.single }
    let (share, spread) = expected.spread(of: destination)
    guard let spread else { return price.single }
    return WaitingShare(
      of: share * expected.count(from: world.now, to: next), with: share * Double(world.waiting),
      spread.spread,
      longest: spread.mean * Double(next - world.now) * world.costs.delayRate, price,
      ExpectedWires(banks: Double(expected.banks))
    ).most
  }

  /// How likely it is that something else in the next round is exchanged in the same deal: netted,
  /// whatever its payer exchanges; else, what is exchanged alike between the same two banks.
  private func shared(_ route: SettlementRoute, until next: Int64) -> Double {
    guard let expected = world.expected, expected.payers > 0 else { return 1 }
    let share = expected.kinds.reduce(0) { sum, kind in
      let isAlike =
        netsConversions
        ? kind.source != kind.destination
        : kind.source == route.source && kind.destination == route.destination
      return sum + (isAlike ? kind.share : 0)
    }
    let payers = Double(expected.payers)
    let places = netsConversions ? payers : payers * max(1, Double(expected.banks) - 1)
    let others = Double(world.waiting) + expected.count(from: world.now, to: next)
    return 1 - PortableMath.exp(-share * others / places)
  }

  /// The part of an exchange that is expected to remain where it is set off against what comes
  /// within a day, and how long that takes (ns); nil where nothing is known of what comes. Of what
  /// comes only that counts which waits as well: `dealt` is what leaving at once costs it.
  private func setOff(
    _ route: SettlementRoute, _ value: Double, dealt: Double
  ) -> (remains: Double, wait: Double)? {
    guard let expected = world.expected, expected.payers > 0 else { return nil }
    let day: Int64 = 86_400_000_000_000
    let count =
      expected.count(from: world.now, to: world.now + day) / Double(expected.payers)
    var positions: [Currency: ExpectedPosition] = [:]
    var (number, sum, squares) = (0.0, 0.0, 0.0)
    for kind in expected.kinds where kind.source != kind.destination {
      let (value, square) = (count * kind.share * kind.mean, count * kind.share * kind.square)
      positions[kind.source, default: ExpectedPosition()].add(value, square: square)
      positions[kind.destination, default: ExpectedPosition()].add(-value, square: square)
      number += count * kind.share
      sum += value
      squares += square
    }
    let source = positions[route.source] ?? ExpectedPosition()
    let destination = positions[route.destination] ?? ExpectedPosition()
    let remains = ExpectedPosition.remains(source: source, destination: destination)
    guard sum > 0 else { return (remains, .infinity) }
    let spread = WaitingShare.Spread(mean: sum / number, square: squares / number)
    let next = cycle.end(after: world.now, route.destination)
    let longest =
      Double(cycle.end(after: next, route.destination) - next) * world.costs.delayRate
    var (needed, offered) = (0.0, 0.0)
    for kind in expected.kinds
    where kind.source != kind.destination
      && (kind.destination == route.source || kind.source == route.destination)
    {
      let remains = ExpectedPosition.remains(
        source: positions[kind.source]!, destination: positions[kind.destination]!)
      let part =
        (world.rates.spreadBasisPoints(from: kind.source, to: kind.destination) ?? 0) / 10_000
      let value =
        count * kind.share * kind.mean
        * spread.waiting(
          mean: kind.mean, fixed: dealt, part: part * (1 - remains), longest: longest)
      if kind.destination == route.source { needed += value }
      if kind.source == route.destination { offered += value }
    }
    return (
      remains,
      ExpectedPosition.wait(
        source: source, needed: needed / Double(day), left: value,
        destination: destination, offered: offered / Double(day), lacking: value)
    )
  }
}
