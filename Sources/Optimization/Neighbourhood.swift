/// What a search may still do; counts, so that it ends alike everywhere.
struct SearchBudget {
  /// Places of payments that may still be looked at.
  var looks: Int
  var isSpent: Bool { looks <= 0 }
}

/// Moves that can be taken back.
struct MoveLog {
  fileprivate var moves: [(position: Int, slot: Int)] = []
}

/// Payments that share a limit or a lane, the largest first.
struct Neighbourhood {
  let byCurrency: [[Int]]
  let byCounterparty: [[Int]]
  let byLane: [[Int]]

  init(_ grid: PlanningGrid) {
    let payments = grid.problem.payments
    var byCurrency = Array(repeating: [Int](), count: grid.problem.currencies)
    var byCounterparty = Array(repeating: [Int](), count: grid.problem.counterparties)
    var byLane = Array(repeating: [Int](), count: grid.lanes)
    for position in Self.largestFirst(Array(payments.indices), payments) {
      let payment = payments[position]
      byCurrency[payment.destination].append(position)
      byCounterparty[payment.counterparty].append(position)
      byLane[grid.lane(destination: payment.destination, counterparty: payment.counterparty)]
        .append(position)
    }
    self.byCurrency = byCurrency
    self.byCounterparty = byCounterparty
    self.byLane = byLane
  }

  /// Payments by falling value; equal ones by position.
  static func largestFirst(_ positions: [Int], _ payments: [PlanningPayment]) -> [Int] {
    positions.sorted { (payments[$1].value, $0) < (payments[$0].value, $1) }
  }
}

extension Arrangement {
  /// Moves a payment and notes where it was.
  mutating func move(_ position: Int, to slot: Int, _ log: inout MoveLog) {
    log.moves.append((position, slots[position]))
    move(position, to: slot)
  }

  /// Takes all noted moves back.
  mutating func undo(_ log: inout MoveLog) {
    while let (position, slot) = log.moves.popLast() { move(position, to: slot) }
  }

  /// Whether a payment may be moved into a slot without the price of a new batch.
  func isOpen(_ slot: Int, for payment: PlanningPayment) -> Bool {
    counts[key(payment, slot)] > 0
  }
}
