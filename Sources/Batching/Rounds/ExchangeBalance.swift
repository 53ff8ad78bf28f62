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
    /// What it costs to wait for the round in which it would leave otherwise.
    var delay: Double
  }

  private struct Arc {
    var source: Int
    var destination: Int
    var spread: Double
  }

  /// Pairs of currencies, the cheapest first.
  private let arcs: [Arc]
  /// By currency: what a payer is expected to have too much of later, and the square of how far
  /// that is uncertain.
  private let means: [Double]
  private let variances: [Double]

  init(_ horizon: RoundHorizon, _ flows: RoundFlows) {
    let size = horizon.currencies.count
    var arcs: [Arc] = []
    var means = [Double](repeating: 0, count: size)
    var variances = means
    for source in 0..<size {
      for destination in 0..<size where destination != source {
        let cell = source * size + destination
        arcs.append(
          Arc(source: source, destination: destination, spread: horizon.spreads[cell]))
        means[source] += flows.expectedValue[cell] / flows.payers
        means[destination] -= flows.expectedValue[cell] / flows.payers
        variances[source] += flows.expectedSquare[cell] / flows.payers
        variances[destination] += flows.expectedSquare[cell] / flows.payers
      }
    }
    self.arcs = arcs.enumerated().sorted {
      ($0.element.spread, $0.offset) < ($1.element.spread, $1.offset)
    }.map(\.element)
    self.means = means
    self.variances = variances
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
    func sign(_ currency: Int) -> Double {
      let position = waiting[currency] + means[currency]
      // 1.57 is half pi: the slope at zero is that of the normal distribution.
      let spread = (position * position + 1.57 * variances[currency]).squareRoot()
      return spread > 0 ? position / spread : (position >= 0 ? 1 : -1)
    }
    return max(0, min(1, (sign(source) - sign(destination)) / 2))
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
        let gain = isIn[place] ? saved - payment.delay : saved + payment.delay
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
