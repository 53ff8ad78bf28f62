/// What leaves a cell in a round, for every round since which its arrivals may have waited: added
/// up once, so that a schedule is priced by one look for each cell and round.
struct FlowSums {
  /// Of obligations alike: how many, their value, and value times when they came about.
  struct Sum {
    var count = 0.0
    var value = 0.0
    var moment = 0.0

    static func += (sum: inout Sum, other: Sum) {
      sum.count += other.count
      sum.value += other.value
      sum.moment += other.moment
    }
  }

  private let rounds: Int
  private let cells: Int
  /// By round, round since which they wait, and cell: all that can still wait in the round.
  private var all: [Sum]
  /// In the same order: what the next round would make late.
  private var due: [Sum]

  init(_ flows: RoundFlows, rounds: Int, currencies: Int) {
    self.rounds = rounds
    cells = currencies * currencies
    all = Array(repeating: Sum(), count: rounds * rounds * cells)
    due = all
    for flow in flows.flows {
      let sum = Sum(count: flow.count, value: flow.value, moment: flow.moment)
      for round in flow.round...min(flow.last, rounds - 1) {
        all[place(flow.cell, round, flow.round)] += sum
      }
      if flow.last < rounds { due[place(flow.cell, flow.last, flow.round)] += sum }
    }
    // What waits since a round is what arrived in it and what waits since the next.
    for round in 0..<rounds {
      for since in (0..<round).reversed() {
        for cell in 0..<cells {
          all[place(cell, round, since)] += all[place(cell, round, since + 1)]
          due[place(cell, round, since)] += due[place(cell, round, since + 1)]
        }
      }
    }
  }

  private func place(_ cell: Int, _ round: Int, _ since: Int) -> Int {
    (round * rounds + since) * cells + cell
  }

  /// What leaves a cell in a round, of what arrived in the rounds from `since` on: all that still
  /// waits, or only that which the next round would make late.
  func leaving(_ cell: Int, in round: Int, since: Int, all isAll: Bool) -> Sum {
    isAll ? all[place(cell, round, since)] : due[place(cell, round, since)]
  }
}
