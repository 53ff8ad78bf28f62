import Chance
import Money
import Scenario
import VirtualTime

/// The weight of every slot of every (cell, market): the merchants' share of all payments, the
/// market's hour and weekday, and the bursts. Worked out as they are looked at.
struct TrafficWeights: WeightedItems, Sendable {
  /// The slots of every process.
  let slots: ArrivalSlots
  let markets: Int
  /// Sums of the merchants' weights, by cell and market as cell x markets + market.
  let shares: [Double]
  var bursts: [Burst]
  private let hourWeights: [Double]
  private let weekdayWeights: [Double]
  private let zones: [CivilTimeZone]
  private let epochSecond: Int64

  init(_ workload: GeneratedWorkload, slots: ArrivalSlots, _ deployment: Deployment) {
    let markets = deployment.settings.merchants.markets.count
    self.slots = slots
    self.markets = markets
    shares = deployment.cells.flatMap { cell in
      var shares = [Double](repeating: 0, count: markets)
      for merchant in cell.merchants { shares[merchant.market] += merchant.weight }
      return shares
    }
    bursts = workload.bursts.map(Burst.init)
    hourWeights = workload.hourWeights
    weekdayWeights = workload.weekdayWeights
    zones = deployment.zones
    epochSecond = deployment.epochSecond
  }

  /// The same slots for one market by itself, of the share 1.
  init(of market: Int, in all: TrafficWeights) {
    slots = all.slots
    markets = 1
    shares = [1]
    bursts = all.bursts
    hourWeights = all.hourWeights
    weekdayWeights = all.weekdayWeights
    zones = [all.zones[market]]
    epochSecond = all.epochSecond
  }

  var count: Int { shares.count * slots.count }

  func fill(_ weights: UnsafeMutableBufferPointer<Double>, from first: Int) {
    var done = 0
    while done < weights.count {
      let (process, slot) = (first + done).quotientAndRemainder(dividingBy: slots.count)
      let length = min(weights.count - done, slots.count - slot)
      fill(
        UnsafeMutableBufferPointer(rebasing: weights[done..<done + length]), process, from: slot)
      done += length
    }
  }

  /// Mean arrivals in slots of a process.
  func means(process: Int, _ range: Range<Int>, factor: Double) -> [Double] {
    var means = [Double](repeating: 0, count: range.count)
    means.withUnsafeMutableBufferPointer { fill($0, process, from: range.lowerBound) }
    for index in means.indices { means[index] *= factor }
    return means
  }

  /// Mean arrivals of a process, rounded down.
  func expected(process: Int, factor: Double) -> Int {
    guard shares[process] > 0 else { return 0 }
    var sum = 0.0
    for first in stride(from: 0, to: slots.count, by: 4_096) {
      let range = first..<min(slots.count, first + 4_096)
      for mean in means(process: process, range, factor: factor) { sum += mean }
    }
    return Int(sum)
  }

  /// Whether any slot of a process has a weight above zero.
  func hasArrivals(process: Int) -> Bool {
    stride(from: 0, to: slots.count, by: 4_096).contains { first in
      let range = first..<min(slots.count, first + 4_096)
      return means(process: process, range, factor: 1).contains { $0 > 0 }
    }
  }

  private func fill(
    _ weights: UnsafeMutableBufferPointer<Double>, _ process: Int, from first: Int
  ) {
    let share = shares[process]
    guard share > 0 else { return weights.update(repeating: 0) }
    var slot = first
    let end = first + weights.count
    while slot < end {
      let (curve, until) = curve(market: process % markets, slot)
      for index in slot..<min(until, end) {
        weights[index - first] = share * slots.part(of: index) * curve
      }
      slot = min(until, end)
    }
    guard !bursts.isEmpty else { return }
    for index in weights.indices { weights[index] *= burst(begin: slots.start(of: first + index)) }
  }

  /// The weight of a slot by the market's clock in its middle, and the first slot after it whose
  /// weight may be another.
  private func curve(market: Int, _ slot: Int) -> (Double, until: Int) {
    let middle = slots.start(of: slot) + slots.length(of: slot) / 2
    let second = epochSecond + middle / 1_000_000_000
    let (day, local) = zones[market].localDayAndSecond(atUTC: second)
    let weekday = CivilDate(dayNumber: day).weekday
    let last = slots.count - 1
    let value = hourWeights[local / 3_600] * weekdayWeights[weekday]
    guard slot < last else { return (value, slots.count) }
    let hourEnd = second + Int64(3_600 - local % 3_600)
    let change = min(hourEnd, zones[market].nextChange(afterUTC: second))
    // The slots whose middle comes before the change; the last may be shorter and stands alone.
    let time = (change - epochSecond) * 1_000_000_000 - slots.slot / 2
    let until = Int((time + slots.slot - 1) / slots.slot)
    return (value, min(max(until, slot + 1), last))
  }

  private func burst(begin: Int64) -> Double {
    var factor = 1.0
    for burst in bursts where begin >= burst.start {
      if (begin - burst.start) % burst.every < burst.length { factor *= burst.factor }
    }
    return factor
  }

  /// A burst in nanoseconds: it is asked for every slot, and a `Duration` is slow to take apart.
  struct Burst: Sendable {
    let start: Int64
    let every: Int64
    let length: Int64
    let factor: Double

    init(_ burst: GeneratedWorkload.Burst) {
      start = burst.start.nanoseconds
      every = burst.every.nanoseconds
      length = burst.length.nanoseconds
      factor = burst.factor
    }
  }
}
