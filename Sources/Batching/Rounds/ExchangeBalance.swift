/// Which of a payer's obligations that may wait are better left, since exchanging what they leave
/// over costs more than waiting for something that it can be set off against.
///
/// Amounts are minor units of the reporting currency; positions are by currency, above zero for
/// what there is too much of.
struct ExchangeBalance {
  /// An obligation in two currencies that may wait.
  struct Optional {
    var index: Int
    var source: Int
    var destination: Int
    var value: Double
    /// What each nanosecond costs that it waits.
    var delayRate: Double
    /// What wires cost that are only sent for it if it waits.
    var wires: Double
    /// How long it waits at least: until the round in which it would leave otherwise (ns).
    var leastWait: Double
  }

  private struct Arc {
    var source: Int
    var destination: Int
    var spread: Double
  }

  /// Pairs of currencies, the cheapest first.
  private let arcs: [Arc]
  /// By currency: what a payer is expected to have too much of later.
  private let expected: [ExpectedPosition]
  /// By currency: what a payer is expected to be owed in it, and to owe in it, each nanosecond.
  private let needed: [Double]
  private let offered: [Double]

  /// - Parameter delayRate: what a unit of value costs each nanosecond that it waits.
  init(_ horizon: RoundHorizon, _ flows: RoundFlows, delayRate: Double) {
    let size = horizon.currencies.count
    var arcs: [Arc] = []
    var expected = [ExpectedPosition](repeating: ExpectedPosition(), count: size)
    var needed = [Double](repeating: 0, count: size)
    var offered = needed
    let span = max(1, Double(horizon.times.last! - horizon.times[0]))
    for source in 0..<size {
      for destination in 0..<size where destination != source {
        let cell = source * size + destination
        arcs.append(
          Arc(source: source, destination: destination, spread: horizon.spreads[cell]))
        let value = flows.expectedValue[cell] / flows.payers
        let square = flows.expectedSquare[cell] / flows.payers
        expected[source].add(value, square: square)
        expected[destination].add(-value, square: square)
      }
    }
    let waiting = Self.waiting(horizon, flows, expected, delayRate: delayRate)
    for source in 0..<size {
      for destination in 0..<size where destination != source {
        let cell = source * size + destination
        let value = waiting(cell) * flows.expectedValue[cell] / flows.payers
        offered[source] += value / span
        needed[destination] += value / span
      }
    }
    self.arcs = arcs.enumerated().sorted {
      ($0.element.spread, $0.offset) < ($1.element.spread, $1.offset)
    }.map(\.element)
    self.expected = expected
    self.needed = needed
    self.offered = offered
  }

  /// By cell: the part of what comes that will wait to be set off and not leave at once.
  private static func waiting(
    _ horizon: RoundHorizon, _ flows: RoundFlows, _ expected: [ExpectedPosition],
    delayRate: Double
  ) -> (Int) -> Double {
    let (size, count) = (horizon.currencies.count, flows.expectedCount.reduce(0, +))
    let mean = flows.expectedValue.reduce(0, +) / max(count, .leastNormalMagnitude)
    guard delayRate > 0, horizon.count > 1, mean > 0 else { return { _ in 1 } }
    let spread = WaitingShare.Spread(
      mean: mean, square: flows.expectedSquare.reduce(0, +) / count)
    let longest = Double(horizon.times[1] - horizon.times[0]) * delayRate
    return { cell in
      guard flows.expectedCount[cell] > 0 else { return 1 }
      let (source, destination) = (cell / size, cell % size)
      let price = horizon.prices[destination]
      let remains = ExpectedPosition.remains(
        source: expected[source], destination: expected[destination])
      return spread.waiting(
        mean: flows.expectedValue[cell] / flows.expectedCount[cell],
        fixed: price.single + 2 * price.operatorFee,
        part: horizon.spreads[cell] * (1 - remains), longest: longest)
    }
  }

  /// What it costs to wait until what comes has set off all that waits like it.
  private func delay(of payment: Optional, _ waiting: [Double]) -> Double {
    let wait = ExpectedPosition.wait(
      source: position(of: payment.source, waiting), needed: needed[payment.source],
      left: waiting[payment.source],
      destination: position(of: payment.destination, waiting),
      offered: offered[payment.destination], lacking: -waiting[payment.destination])
    return payment.wires + payment.delayRate * max(payment.leastWait, wait)
  }

  /// What it costs to even positions out, the cheapest pairs first.
  private func cost(_ positions: [Double]) -> Double {
    var left = positions
    var cost = 0.0
    for arc in arcs where left[arc.source] > 0 && left[arc.destination] < 0 {
      let amount = min(left[arc.source], -left[arc.destination])
      left[arc.source] -= amount
      left[arc.destination] += amount
      cost += amount * arc.spread
    }
    return cost
  }

  /// The part of what is left over now that will have to be exchanged later all the same.
  private func remains(_ waiting: [Double], _ source: Int, _ destination: Int) -> Double {
    ExpectedPosition.remains(
      source: position(of: source, waiting), destination: position(of: destination, waiting))
  }

  /// What a payer is expected to have too much of, with what waits.
  private func position(of currency: Int, _ waiting: [Double]) -> ExpectedPosition {
    var position = expected[currency]
    position.add(waiting[currency], square: 0)
    return position
  }

  /// The positions in `optional` of those that leave now.
  ///
  /// - Parameters:
  ///   - leaving: what leaves in any case.
  ///   - waiting: what waits in any case.
  func chosen(
    of optional: [Optional], leaving: [Double], waiting: [Double]
  ) -> [Int] {
    var positions = leaving
    var held = waiting
    for payment in optional {
      positions[payment.source] += payment.value
      positions[payment.destination] -= payment.value
    }
    var isIn = [Bool](repeating: true, count: optional.count)
    var now = cost(positions)
    let order = optional.indices.sorted {
      (optional[$1].value, $0) < (optional[$0].value, $1)
    }
    for _ in 0..<4 {
      var isChanged = false
      for place in order {
        let payment = optional[place]
        let change = isIn[place] ? -payment.value : payment.value
        var other = positions
        other[payment.source] += change
        other[payment.destination] -= change
        let then = cost(other)
        var later = held
        if isIn[place] {
          later[payment.source] += payment.value / 2
          later[payment.destination] -= payment.value / 2
        } else {
          later[payment.source] -= payment.value / 2
          later[payment.destination] += payment.value / 2
        }
        let saved = (now - then) * (1 - remains(later, payment.source, payment.destination))
        let delay = delay(of: payment, later)
        let gain = isIn[place] ? saved - delay : saved + delay
        guard gain > 1e-9 else { continue }
        isIn[place].toggle()
        isChanged = true
        positions = other
        now = then
        held[payment.source] -= change
        held[payment.destination] += change
      }
      if !isChanged { break }
    }
    return optional.indices.filter { isIn[$0] }
  }
}
