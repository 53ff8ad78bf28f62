/// Finds a schedule of low expected cost: rules followed to the end of the horizon, lot sizing for
/// each currency and for all together, then changes of single rounds as long as they pay.
struct ScheduleSearch {
  /// A rule that opens rounds, and what following it is expected to cost.
  struct Rule {
    var name: String
    var schedule: RoundSchedule
    var cost: Double
  }

  private let cost: ScheduleCost
  /// Schedules that have been priced.
  private(set) var priced = 0
  /// Whether the search ended before nothing could be improved.
  private(set) var isCut = false
  private let limit: Int

  /// - Parameter limit: schedules to price for each starting point at most.
  init(_ cost: ScheduleCost, limit: Int = 1_500) {
    self.cost = cost
    self.limit = limit
  }

  private var rounds: Int { cost.horizon.count }
  private var currencies: Int { cost.horizon.currencies.count }

  /// Every rule, then the best that was found from any of them; the cheapest is the last.
  mutating func rules() -> [Rule] {
    var rules: [Rule] = []
    for (name, isOpen) in fixed {
      rules.append(rule(name, schedule(isOpen)))
    }
    var apart = RoundSchedule(rounds: rounds, currencies: currencies)
    for currency in 0..<currencies {
      for round in lots(of: currency) { apart[round, currency] = true }
    }
    rules.append(rule("lots_apart", apart))
    let together = Set(lots(of: nil))
    rules.append(rule("lots_together", schedule { round, _ in together.contains(round) }))
    // The rules are priced as they are; what they lead to stands last.
    var best = rules.min { $0.cost < $1.cost }!
    for start in rules.suffix(2) + [best] {
      let found = improved(start)
      if found.cost < best.cost { best = found }
    }
    return rules + [best]
  }

  /// The rules that strategies follow: everything in each round; in the first round of each four
  /// hours, or of each day; in the last round before each close; and nothing before it is due.
  private var fixed: [(String, (Int, Int) -> Bool)] {
    let horizon = cost.horizon
    let hours = 3_600_000_000_000 as Int64
    func isFirst(_ round: Int, of length: Int64) -> Bool {
      round > 0 && horizon.times[round] / length != horizon.times[round - 1] / length
    }
    return [
      ("each_round", { _, _ in true }),
      ("windows_4h", { round, _ in isFirst(round, of: 4 * hours) }),
      ("daily", { round, _ in isFirst(round, of: 24 * hours) }),
      (
        "before_cut_off",
        { round, currency in
          let closes = horizon.closes[currency]
          return round + 1 < closes.count && closes[round] != closes[round + 1]
        }
      ),
      ("due_only", { _, _ in false }),
    ]
  }

  private func schedule(_ isOpen: (Int, Int) -> Bool) -> RoundSchedule {
    var schedule = RoundSchedule(rounds: rounds, currencies: currencies)
    for round in 0..<rounds {
      for currency in 0..<currencies { schedule[round, currency] = isOpen(round, currency) }
    }
    return schedule
  }

  private mutating func rule(_ name: String, _ schedule: RoundSchedule) -> Rule {
    Rule(name: name, schedule: schedule, cost: price(schedule))
  }

  private mutating func price(_ schedule: RoundSchedule) -> Double {
    priced += 1
    return cost.total(schedule)
  }

  /// The rounds in which a currency, or all of them, is best paid out if it were by itself: an
  /// exact dynamic program over pairs of rounds that follow each other (Wagner and Whitin, "Dynamic
  /// version of the economic lot size model", 1958).
  private func lots(of currency: Int?) -> [Int] {
    var least = [Double](repeating: .infinity, count: rounds)
    var before = [Int](repeating: -1, count: rounds)
    for end in 0..<rounds {
      for start in 0...end {
        let segment = cost.cost(start...end, only: currency) { round, _ in round == end }
        let sum = (start == 0 ? 0 : least[start - 1]) + segment
        if sum < least[end] { (least[end], before[end]) = (sum, start - 1) }
      }
    }
    var open: [Int] = []
    var round = rounds - 1
    while round >= 0 {
      open.append(round)
      round = before[round]
    }
    return open
  }

  /// A rule's schedule after all changes of one place, one round or one shift that pay.
  private mutating func improved(_ start: Rule) -> Rule {
    var best = start
    var isChanged = true
    let end = priced + limit
    while isChanged {
      isChanged = false
      for round in 0..<rounds - 1 {
        for change in -2..<currencies {
          guard priced < end else {
            isCut = true
            return best
          }
          guard let other = changed(best.schedule, round, change) else { continue }
          let found = price(other)
          if found < best.cost - 1e-6 {
            (best.schedule, best.cost) = (other, found)
            isChanged = true
          }
        }
      }
    }
    return best
  }

  /// One currency of a round the other way round; -1: all of them alike, open if any was not; -2:
  /// what is open, a round later.
  private func changed(
    _ schedule: RoundSchedule, _ round: Int, _ change: Int
  ) -> RoundSchedule? {
    var other = schedule
    if change >= 0 {
      other[round, change].toggle()
      return other
    }
    let isAll = (0..<currencies).allSatisfy { schedule[round, $0] }
    for currency in 0..<currencies {
      if change == -1 {
        other[round, currency] = !isAll
      } else {
        let isOpen = schedule[round, currency]
        other[round + 1, currency] = isOpen || schedule[round + 1, currency]
        other[round, currency] = false
      }
    }
    return other == schedule ? nil : other
  }
}
