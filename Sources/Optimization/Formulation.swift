/// The problem as a mixed-integer program.
///
///     min  sum_i,p c_ip x_ip + sum_i d_i u_i + sum_k (P_k y_k + (S_k - P_k) s_k)
///          + sum_e f_e v_e + sum_g,o,a,b q_o beta_ab z_goab + sum_g,ab f_ab v_gab + r sum_a l_a
///     s.t. sum_p x_ip + u_i = 1                                     each payment
///          x_ip <= y_k                                              each wire k that p opens
///          sum x_ip >= m (y_k - s_k)                                each wire with a discount
///          sum x_ip <= B y_k                                        gross wires of more than B
///          x_ip <= v_e                                              each deal that is not netted
///          inflow - outflow - deals out + deals in = -expected      each group, outcome, currency
///          z_gab + z_gba <= M_g v_gab                               each pair with fees
///          sum_p x_ip <= sum_b v_gab                                each payment's both currencies
///          sum (sent - received up to a round) <= l_a               each account and round
///          sum of signed values <= limit                            each limit
///
/// x is a payment in a place, u one that is put off, y a wire (P its price with, S without the
/// discount, s one without), v a deal, z what is exchanged, l liquidity. x <= y for each payment by
/// itself makes the relaxation strong. A wire that a single payment may open is part of its cost.
struct Formulation {
  private(set) var program = SparseProgram()
  /// Columns of each payment's places.
  private(set) var columns: [[Int]] = []
  /// Columns of the payments put off, -1 where they must settle.
  private(set) var deferrals: [Int] = []
  /// Columns of wires and deals.
  private(set) var openings: [Int] = []
  /// All columns of whole numbers.
  private(set) var integers: [Int] = []
  /// Cost that no column has: less what is expected anyway.
  private(set) var constant = 0.0

  /// Currencies of a payer between which every deal is a column; for more there is a bound alone.
  private static let mostDealt = 8

  private let grid: RoundGrid
  private var problem: RoundProblem { grid.problem }
  /// Entries of a place's column that were found with its rows.
  private var entries: [[[(row: Int32, coefficient: Double)]]]
  private var extra: [[Double]]

  init(_ grid: RoundGrid) {
    self.grid = grid
    entries = grid.places.map { $0.map { _ in [] } }
    extra = grid.places.map { $0.map { _ in 0 } }
    addWires()
    addDeals()
    addGroups()
    if !grid.accounts.isEmpty { addAccounts() }
    addLimits()
    addPayments()
  }

  /// Adds a column that must be whole.
  private mutating func addWhole(
    upper: Double, cost: Double, _ rows: [(row: Int32, coefficient: Double)]
  ) -> Int {
    let column = program.addColumn(upper: upper, cost: cost, rows)
    integers.append(column)
    return column
  }

  /// A column that opens something, and a row for each payment's place that needs it.
  private mutating func addOpening(
    _ users: [(payment: Int, slot: Int)], upper: Double, cost: Double,
    _ rows: [(row: Int32, coefficient: Double)]
  ) {
    var own = rows
    for user in users {
      let row = program.addRow(lower: -.infinity, upper: 0)
      own.append((row, -1))
      entries[user.payment][user.slot].append((row, 1))
    }
    openings.append(addWhole(upper: upper, cost: cost, own))
  }

  private mutating func addWires() {
    var users = Array(repeating: [(payment: Int, slot: Int)](), count: grid.wires.count)
    for (payment, places) in grid.places.enumerated() {
      for (slot, place) in places.enumerated() {
        for key in [place.wires.0, place.wires.1] where key >= 0 {
          users[key].append((payment, slot))
        }
      }
    }
    for (index, wire) in grid.wires.enumerated() {
      let users = users[index]
      let most = problem.discountMinimum
      let isDiscounted =
        users.count >= most && (!wire.isGross || problem.maximumBatch >= most)
      let price = isDiscounted ? wire.price.consolidated : wire.price.single
      if users.count == 1 {
        extra[users[0].payment][users[0].slot] += price
        continue
      }
      var rows: [(row: Int32, coefficient: Double)] = []
      let limit = problem.maximumBatch
      let isSplit = wire.isGross && users.count > limit
      if isSplit {
        let row = program.addRow(lower: -.infinity, upper: 0)
        rows.append((row, -1))
        for user in users { entries[user.payment][user.slot].append((row, 1 / Double(limit))) }
      }
      let upper = isSplit ? Double((users.count + limit - 1) / limit) : 1
      if isDiscounted, most > 1, wire.price.single > wire.price.consolidated {
        let row = program.addRow(lower: 0, upper: .infinity)
        rows.append((row, -1))
        for user in users { entries[user.payment][user.slot].append((row, 1 / Double(most))) }
        _ = addWhole(
          upper: upper, cost: wire.price.single - wire.price.consolidated, [(row, 1)])
      }
      addOpening(users, upper: upper, cost: price, rows)
    }
  }

  private mutating func addDeals() {
    var users = Array(repeating: [(payment: Int, slot: Int)](), count: grid.deals.count)
    for (payment, places) in grid.places.enumerated() {
      for (slot, place) in places.enumerated() where place.deal >= 0 {
        users[place.deal].append((payment, slot))
      }
    }
    for (deal, fee) in grid.deals.enumerated() where fee > 0 {
      if users[deal].count == 1 {
        extra[users[deal][0].payment][users[deal][0].slot] += fee
      } else {
        addOpening(users[deal], upper: 1, cost: fee, [])
      }
    }
  }

  private mutating func addGroups() {
    var users = Array(repeating: [(payment: Int, slot: Int)](), count: grid.groups.count)
    for (payment, places) in grid.places.enumerated() {
      for (slot, place) in places.enumerated() where place.group >= 0 {
        users[place.group].append((payment, slot))
      }
    }
    for (index, group) in grid.groups.enumerated() {
      if group.hasFees {
        addFees(group, users[index])
      } else {
        for expected in group.expected { addExchange(group, expected, users[index]) }
        constant -= group.base
      }
    }
  }

  /// Rows of a group's positions by currency, with the given expectation.
  private mutating func addPositions(
    _ nodes: [Int], _ unit: Double, _ expected: [Int64], _ users: [(payment: Int, slot: Int)]
  ) -> [Int: Int32] {
    var rows: [Int: Int32] = [:]
    for node in nodes {
      let bound = -Double(expected[node]) / unit
      rows[node] = program.addRow(lower: bound, upper: bound)
    }
    for user in users {
      let payment = problem.payments[user.payment]
      let value = Double(payment.value) / unit
      entries[user.payment][user.slot] += [
        (rows[payment.source]!, value), (rows[payment.destination]!, -value),
      ]
    }
    return rows
  }

  private mutating func addExchange(
    _ group: RoundGrid.Group,
    _ expected: (outcome: Int?, probability: Double, positions: [Int64]),
    _ users: [(payment: Int, slot: Int)]
  ) {
    var nodes = group.nodes
    for node in expected.positions.indices
    where expected.positions[node] != 0 && !nodes.contains(node) {
      nodes.append(node)
    }
    let unit = max(1, Double(group.largest) / 10)
    // Direct exchange between few currencies, else over quoted pairs.
    let isDirect = nodes.count * (nodes.count - 1) <= 2 * problem.quotes.count
    if !isDirect { nodes = Array(0..<problem.currencies) }
    let rows = addPositions(nodes.sorted(), unit, expected.positions, users)
    let pairs =
      isDirect
      ? nodes.flatMap { from in nodes.filter { $0 != from }.map { (from, $0) } }
      : problem.quotes.flatMap { [($0.first, $0.second), ($0.second, $0.first)] }
    for (from, to) in pairs {
      let spread = grid.exchange.spreads[from, to]
      if !spread.isFinite { continue }
      _ = program.addColumn(
        upper: .infinity, cost: expected.probability * spread * unit,
        [(rows[from]!, -1), (rows[to]!, 1)])
    }
  }

  /// Exchange with fees: every pair is a deal that must be opened; for many currencies only that
  /// each which is touched is in a deal.
  private mutating func addFees(
    _ group: RoundGrid.Group, _ users: [(payment: Int, slot: Int)]
  ) {
    let fees = problem.dealFees[group.date]
    let isExact = group.nodes.count <= Self.mostDealt
    let cover = addCover(group, users)
    guard isExact else {
      for node in group.nodes {
        openings.append(
          addWhole(upper: 1, cost: fees[node], cover[node]!.map { ($0, -1) }))
      }
      addExchange(group, group.expected[0], users)
      return
    }
    let unit = max(1, Double(group.largest) / 10)
    let rows = addPositions(
      group.nodes, unit, Array(repeating: 0, count: problem.currencies), users)
    for (place, from) in group.nodes.enumerated() {
      for to in group.nodes[(place + 1)...] {
        let spread = grid.exchange.spreads[from, to]
        if !spread.isFinite { continue }
        let flow = program.addRow(lower: -.infinity, upper: 0)
        for (one, other) in [(from, to), (to, from)] {
          _ = program.addColumn(
            upper: .infinity, cost: spread * unit,
            [(rows[one]!, -1), (rows[other]!, 1), (flow, 1)])
        }
        openings.append(
          addWhole(
            upper: 1, cost: fees[from] + fees[to],
            [(flow, -Double(group.largest) / unit)]
              + (cover[from]! + cover[to]!).map { ($0, -1) }))
      }
    }
  }

  /// Rows that a payment's part on the date has a deal in both its currencies, by currency.
  private mutating func addCover(
    _ group: RoundGrid.Group, _ users: [(payment: Int, slot: Int)]
  ) -> [Int: [Int32]] {
    var cover: [Int: [Int32]] = [:]
    var former = -1
    for node in group.nodes { cover[node] = [] }
    var rows: [Int32] = []
    for user in users {
      let payment = problem.payments[user.payment]
      if user.payment != former {
        rows = [payment.source, payment.destination].map { node in
          let row = program.addRow(lower: -.infinity, upper: 0)
          cover[node]!.append(row)
          return row
        }
        former = user.payment
      }
      entries[user.payment][user.slot] += rows.map { ($0, 1) }
    }
    return cover
  }

  private mutating func addAccounts() {
    let total = problem.payments.reduce(0) { $0 + Double($1.value) }
    let unit = max(1, total / 100)
    var rows = Array(repeating: [Int32](), count: grid.accounts.count)
    for (index, account) in grid.accounts.enumerated() {
      rows[index] = account.rounds.map { _ in program.addRow(lower: -.infinity, upper: 0) }
      _ = program.addColumn(
        upper: .infinity, cost: problem.liquidityPrice * unit, rows[index].map { ($0, -1) })
    }
    for (payment, places) in grid.places.enumerated() {
      let value = Double(problem.payments[payment].value) / unit
      for (slot, place) in places.enumerated() {
        let accounts = grid.accountsOf[payment][problem.rounds[place.round].date]
        for (account, sign) in [(accounts.payer, 1.0), (accounts.payee, -1.0)] where account >= 0 {
          let rounds = grid.accounts[account].rounds
          for (position, round) in rounds.enumerated() where round >= place.round {
            entries[payment][slot].append((rows[account][position], sign * value))
          }
        }
      }
    }
  }

  private mutating func addLimits() {
    var most = Array(repeating: 0.0, count: problem.limits.count)
    for (payment, rounds) in grid.loads.enumerated() {
      var counted: Set<Int> = []
      for load in rounds.joined() where load.sign > 0 && counted.insert(load.limit).inserted {
        most[load.limit] += Double(problem.payments[payment].value)
      }
    }
    let rows: [Int32] = problem.limits.enumerated().map { index, limit in
      let scale = Double(max(1, limit.amount))
      return most[index] <= Double(limit.amount)
        ? -1 : program.addRow(lower: -.infinity, upper: Double(limit.amount) / scale)
    }
    for (payment, places) in grid.places.enumerated() {
      for (slot, place) in places.enumerated() {
        for load in grid.loads[payment][place.round] {
          let scale = Double(max(1, problem.limits[load.limit].amount))
          entries[payment][slot].append(
            (
              rows[load.limit],
              Double(load.sign) * Double(problem.payments[payment].value) / scale
            ))
        }
      }
    }
  }

  private mutating func addPayments() {
    for (index, payment) in problem.payments.enumerated() {
      let row = program.addRow(lower: 1, upper: 1)
      var own: [Int] = []
      for (slot, place) in grid.places[index].enumerated() {
        let isFree = fitsAlone(index, place)
        own.append(
          addWhole(
            upper: isFree ? 1 : 0, cost: place.cost + extra[index][slot],
            entries[index][slot] + [(row, 1)]))
      }
      columns.append(own)
      deferrals.append(
        payment.deferral.map { addWhole(upper: 1, cost: $0, [(row, 1)]) } ?? -1)
    }
  }

  /// Whether a payment by itself is within the limits that nothing sets it off against.
  private func fitsAlone(_ payment: Int, _ place: RoundGrid.Place) -> Bool {
    grid.loads[payment][place.round].allSatisfy { load in
      let limit = problem.limits[load.limit]
      return limit.direction == .net || load.sign < 0
        || problem.payments[payment].value <= limit.amount
    }
  }

  /// The arrangement that is nearest to values of the columns and within the limits.
  func rounded(_ values: [Double]) -> Arrangement {
    var wanted: [(payment: Int, slot: Int, share: Double)] = []
    for (payment, own) in columns.enumerated() {
      var best = (
        slot: Arrangement.putOff, share: deferrals[payment] < 0 ? -1 : values[deferrals[payment]]
      )
      for (slot, column) in own.enumerated() where values[column] > best.share + 1e-9 {
        best = (slot, values[column])
      }
      wanted.append((payment, best.slot, best.share))
    }
    var arrangement = Arrangement(grid)
    let order = wanted.sorted {
      ($1.share, problem.payments[$1.payment].value, $0.payment)
        < ($0.share, problem.payments[$0.payment].value, $1.payment)
    }
    for _ in 0..<2 {
      for choice in order
      where arrangement.slots[choice.payment] < 0 && choice.slot >= 0
        && arrangement.fits(choice.payment, in: choice.slot)
      {
        arrangement.move(choice.payment, to: choice.slot)
      }
    }
    for choice in order where arrangement.slots[choice.payment] < 0 && choice.slot >= 0 {
      arrangement.moveToBest(
        choice.payment, isForced: problem.payments[choice.payment].deferral == nil)
    }
    return arrangement
  }
}
