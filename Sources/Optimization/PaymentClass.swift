/// Payments that are alike for the linear program: same currencies, counterparty, deadline and
/// slots that may take them.
struct PaymentClass {
  var source: Int
  var destination: Int
  var counterparty: Int
  var latest: PlanningWindow
  /// Positions of the payments, ascending.
  var members: [Int]
  /// Sum of their values in minor units.
  var value: Int64
  /// The largest of their values.
  var largest: Int64

  /// Payments that the value would take if all were as large as the largest: any share of the value
  /// is made of at least that share of them.
  var leastCount: Double { Double(value) / Double(largest) }

  /// The classes of a problem, by destination, counterparty, source and deadline. Payments that no
  /// slot may take are in none.
  static func classes(of grid: PlanningGrid) -> [PaymentClass] {
    let problem = grid.problem
    let windows = PlanningGrid.windows
    var members = Array(
      repeating: [Int](), count: grid.lanes * problem.currencies * windows)
    for (position, payment) in problem.payments.enumerated() {
      let lane = grid.lane(destination: payment.destination, counterparty: payment.counterparty)
      let index = (lane * problem.currencies + payment.source) * windows + payment.latest.rawValue
      members[index].append(position)
    }
    return members.flatMap { positions in
      var groups: [(slots: [Int], members: [Int])] = []
      for position in positions {
        let slots = grid.slots(of: position)
        if let group = groups.firstIndex(where: { $0.slots == slots }) {
          groups[group].members.append(position)
        } else {
          groups.append((slots, [position]))
        }
      }
      return groups.filter { !$0.slots.isEmpty }.map { alike($0.members, problem) }
    }
  }

  private static func alike(_ positions: [Int], _ problem: PlanningProblem) -> PaymentClass {
    let payment = problem.payments[positions[0]]
    return PaymentClass(
      source: payment.source, destination: payment.destination,
      counterparty: payment.counterparty, latest: payment.latest, members: positions,
      value: positions.reduce(0) { $0 + problem.payments[$1].value },
      largest: positions.reduce(0) { max($0, problem.payments[$1].value) })
  }
}
