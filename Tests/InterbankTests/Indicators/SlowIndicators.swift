import Interbank

/// The indicators once more, slowly and from the log alone: every instant is looked at by itself,
/// and nothing is summed up on the way.
struct SlowIndicators {
  struct Arrival {
    var payment: InterbankPayment
    var at: Int64
    /// Part settled, when, and in which group.
    var parts: [(amount: Int64, at: Int64, group: Int64, way: SettlementMechanism)] = []
    var returned: Int64?

    var settled: Int64 { parts.reduce(0) { $0 + $1.amount } }

    /// What has not settled, and is not given back, just after `time`.
    func open(after time: Int64) -> Int64 {
      guard at <= time, time < returned ?? .max else { return 0 }
      return payment.amount - parts.filter { $0.at <= time }.reduce(0) { $0 + $1.amount }
    }
  }
  private(set) var arrivals: [Arrival] = []
  private let days: [(start: Int64, close: Int64)]
  private let count: Int

  init(_ driver: SettlementDriver, days: [(start: Int64, close: Int64)]) {
    self.days = days
    count = driver.terms.count
    var places: [Int64: Int] = [:]
    for (payment, handedIn) in zip(driver.payments, driver.handedIn) {
      let day = days.first { handedIn <= $0.close }
      places[payment.id] = arrivals.count
      arrivals.append(Arrival(payment: payment, at: max(handedIn, day?.start ?? handedIn)))
    }
    for event in driver.log {
      switch event {
      case .settled(let settlement, let at):
        arrivals[places[settlement.id]!].parts.append(
          (settlement.amount, at, settlement.group, settlement.mechanism))
      case .returned(let id, _, _, let at): arrivals[places[id]!].returned = at
      case .rejected(let id, _, let at):
        arrivals[places[id]!].returned = at
      default: break
      }
    }
  }

  func settledValue(_ day: Int) -> Int64 {
    parts(of: day).reduce(0) { $0 + $1.part.amount }
  }

  func usage(_ day: Int, _ participant: Int) -> Int64 {
    let groups = Set(parts(of: day).map(\.part.group)).sorted()
    return ([0] + groups.map { netSent(day, participant, through: $0) }).max()!
  }

  func lowerBound(_ day: Int) -> Int64 {
    (0..<count).reduce(0) { $0 + max(0, netSent(day, $1, through: .max)) }
  }

  func bilateralNet(_ day: Int) -> Int64 {
    var sum: Int64 = 0
    for left in 0..<count {
      for right in 0..<left {
        let net = parts(of: day).reduce(Int64(0)) { total, item in
          switch (item.payment.payer, item.payment.payee) {
          case (left, right): total + item.part.amount
          case (right, left): total - item.part.amount
          default: total
          }
        }
        sum += abs(net)
      }
    }
    return sum
  }

  func upperBound(_ day: Int) -> Int64 {
    (0..<count).reduce(0) { sum, participant in
      var (net, peak): (Int64, Int64) = (0, 0)
      for arrival in ofDay(day) {
        if arrival.payment.payer == participant { net += arrival.payment.amount }
        if arrival.payment.payee == participant { net -= arrival.payment.amount }
        peak = max(peak, net)
      }
      return sum + peak
    }
  }

  /// Value times the time it was open on the day, second by second.
  func delayedValueTime(_ day: Int) -> Int128 {
    var sum: Int128 = 0
    for time in stride(from: days[day].start, to: days[day].close, by: Int(second)) {
      sum += Int128(arrivals.reduce(0) { $0 + $1.open(after: time) }) * Int128(second)
    }
    return sum
  }

  /// The same, had nothing settled on the day.
  func possibleValueTime(_ day: Int) -> Int128 {
    let (start, close) = days[day]
    return arrivals.reduce(0) { sum, arrival in
      if arrival.at >= start && belongs(arrival, to: day) {
        return sum + Int128(arrival.payment.amount) * Int128(close - arrival.at)
      }
      guard arrival.at < start else { return sum }
      let before = arrival.parts.filter { $0.at < start }.reduce(0) { $0 + $1.amount }
      let carried = (arrival.returned ?? .max) < start ? 0 : arrival.payment.amount - before
      return sum + Int128(carried) * Int128(close - start)
    }
  }

  func value(_ mechanism: SettlementMechanism) -> Int64 {
    arrivals.flatMap(\.parts).filter { $0.way == mechanism }.reduce(0) { $0 + $1.amount }
  }

  func count(_ mechanism: SettlementMechanism) -> Int {
    arrivals.flatMap(\.parts).filter { $0.way == mechanism }.count
  }

  var valueDelay: Int128 {
    arrivals.reduce(0) { sum, arrival in
      arrival.parts.reduce(sum) {
        $0 + Int128($1.amount) * Int128($1.at - arrival.payment.submitted)
      }
    }
  }

  var settledDelays: [Int64] {
    arrivals.filter { $0.settled == $0.payment.amount }.map {
      $0.parts.last!.at - $0.payment.submitted
    }
    .sorted()
  }

  var deadlinesMet: Int {
    arrivals.filter { arrival in
      guard let deadline = arrival.payment.deadline else { return false }
      return arrival.settled == arrival.payment.amount && arrival.parts.last!.at <= deadline
    }.count
  }

  // MARK: -

  /// Whether it came in on the day; what was taken back before its day never did.
  private func belongs(_ arrival: Arrival, to day: Int) -> Bool {
    if let returned = arrival.returned, returned < arrival.at { return false }
    return days.firstIndex { arrival.at <= $0.close } == day
  }

  private func ofDay(_ day: Int) -> [Arrival] { arrivals.filter { belongs($0, to: day) } }

  private func parts(
    of day: Int
  ) -> [(
    payment: InterbankPayment,
    part: (amount: Int64, at: Int64, group: Int64, way: SettlementMechanism)
  )] {
    arrivals.flatMap { arrival in
      arrival.parts.filter { (days[day].start...days[day].close).contains($0.at) }
        .map { (arrival.payment, $0) }
    }
  }

  private func netSent(_ day: Int, _ participant: Int, through group: Int64) -> Int64 {
    parts(of: day).reduce(0) { sum, item in
      guard item.part.group <= group else { return sum }
      if item.payment.payer == participant { return sum + item.part.amount }
      return item.payment.payee == participant ? sum - item.part.amount : sum
    }
  }
}
