import Chance

/// Which part of what comes about between two rounds is better off waiting for the second: where
/// the delay costs no more than the wires that are saved together.
///
/// Values are taken for log-normal and times for uniform; costs are minor units of the reporting
/// currency.
struct WaitingShare {
  /// What waiting may cost one payment: where it costs more, it leaves at once.
  let most: Double
  /// The part of the payments that waits, the part of their value, and what the delay of all of
  /// those costs for each unit that a payment of mean value pays for waiting from round to round.
  let count: Double
  let value: Double
  let delay: Double

  /// Everything waits.
  static let all = WaitingShare(most: .infinity, count: 1, value: 1, delay: 0.5)

  private init(most: Double, count: Double, value: Double, delay: Double) {
    self.most = most
    self.count = count
    self.value = value
    self.delay = delay
  }

  /// The part with which wires and delay cost least.
  ///
  /// - Parameters:
  ///   - payments: how many come about in the mean.
  ///   - others: how many more leave in the round in any case.
  ///   - spread: how their values differ.
  ///   - longest: what a payment of mean value pays for waiting from round to round.
  init(
    of payments: Double, with others: Double, _ spread: Spread, longest: Double,
    _ price: RoundHorizon.Price, _ wires: ExpectedWires
  ) {
    let step = 1 / Double(Spread.cases)
    var best = (cost: Double.infinity, place: 0)
    for place in 0...Spread.cases {
      let waiting = payments * Double(place) * step
      let cost =
        (payments - waiting) * price.single + wires.of(others + waiting) * price.consolidated
        + payments * longest * spread.delays[place]
      if cost <= best.cost { best = (cost, place) }
    }
    let waiting = others + payments * Double(best.place) * step
    let added = min(1, wires.of(waiting + 1) - wires.of(waiting))
    most = price.single - added * price.consolidated
    count = Double(best.place) * step
    value = spread.values[best.place]
    delay = spread.delays[best.place]
  }

  /// How values differ: cases of value and time, by ascending cost of waiting, and added up.
  struct Spread {
    static let cases = 128
    private static let normals = (0..<16).map { place in
      let part = (Double(place) + 0.5) / 16
      return PortableMath.normalQuantile(part, complement: 1 - part)
    }

    /// Of the cases before each: their part of all value, and of all value times the part of the
    /// time that they wait.
    let values: [Double]
    let delays: [Double]
    /// Of each case: its value for a mean of 1, and the part of the time that it waits.
    private let samples: [Sample]

    private struct Sample {
      var value: Double
      var wait: Double
    }

    /// - Parameters:
    ///   - mean: the mean value; positive.
    ///   - square: the mean of its square.
    init(mean: Double, square: Double) {
      let variance = PortableMath.ln(max(1, square / (mean * mean)))
      let deviation = variance.squareRoot()
      let relative = Self.normals.map { PortableMath.exp(deviation * $0) }
      let scale = 16 / relative.reduce(0, +)
      let times = Self.cases / 16
      var samples: [Sample] = []
      for value in relative {
        for time in 0..<times {
          samples.append(
            Sample(value: value * scale, wait: (Double(time) + 0.5) / Double(times)))
        }
      }
      samples.sort { ($0.value * $0.wait, $0.value) < ($1.value * $1.wait, $1.value) }
      var (values, delays) = ([0.0], [0.0])
      for one in samples {
        values.append(values.last! + one.value / Double(Self.cases))
        delays.append(delays.last! + one.value * one.wait / Double(Self.cases))
      }
      (self.values, self.delays, self.samples) = (values, delays, samples)
    }

    /// The part of the value of exchanges that waits for the next round.
    ///
    /// - Parameters:
    ///   - mean: the mean value.
    ///   - fixed: what one costs more that leaves at once.
    ///   - part: the part of its value that it costs more.
    ///   - longest: what a unit of value pays for waiting from round to round.
    func waiting(mean: Double, fixed: Double, part: Double, longest: Double) -> Double {
      let sum = samples.reduce(0) { sum, one in
        one.value * mean * (longest * one.wait - part) > fixed ? sum : sum + one.value
      }
      return sum / Double(Self.cases)
    }
  }
}
