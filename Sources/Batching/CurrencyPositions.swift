import Money
import PaymentModel

/// What one payer has too much and too little of in each currency.
public struct CurrencyPositions: Sendable {
  /// Minor units by currency, ascending by currency; above zero is too much.
  private var positions: [(currency: Currency, amount: Int64)] = []

  /// Nothing.
  public init() {}

  /// Adds what comes in as `source` and goes out, converted at mid, as `destination`.
  public mutating func add(
    _ amount: Int64, of source: Currency, to destination: Currency, by rates: FXTable
  ) {
    let paid = rates.convert(MoneyAmount(minorUnits: amount, currency: source), to: destination)
    add(amount, to: source)
    add(-paid.amount.minorUnits, to: destination)
  }

  private mutating func add(_ amount: Int64, to currency: Currency) {
    let place = positions.firstIndex { $0.currency >= currency } ?? positions.count
    if place < positions.count, positions[place].currency == currency {
      positions[place].amount += amount
    } else {
      positions.insert((currency, amount), at: place)
    }
  }

  /// The conversions of least spread from what is too much into what is too little, ascending by
  /// both currencies. A conversion goes over the cheapest path of quoted pairs, also over a
  /// currency in which nobody has a position.
  public func conversions(of bank: BankID, by rates: FXTable) -> [PlannedConversion] {
    let surplus = positions.filter { $0.amount > 0 }
    let deficit = positions.filter { $0.amount < 0 }
    var transport = Transport(
      supplies: surplus.map { Self.value($0, by: rates) },
      demands: deficit.map { -Self.value($0, by: rates) },
      costs: surplus.flatMap { from in
        deficit.map { rates.spreadBasisPoints(from: from.currency, to: $0.currency) }
      })
    transport.solve()
    var conversions: [PlannedConversion] = []
    for (row, from) in surplus.enumerated() {
      let whole = Self.value(from, by: rates)
      var (sent, converted) = (Int128(0), Int128(0))
      for (column, to) in deficit.enumerated() where transport[row, column] > 0 {
        sent += transport[row, column]
        let total = Rounding.halfEven(Int128(from.amount) * sent, dividedBy: whole).quotient
        let amount = Int64(total - converted)
        converted = total
        guard amount > 0 else { continue }
        conversions.append(
          PlannedConversion(
            bank: bank, source: from.currency, destination: to.currency, amount: amount))
      }
    }
    return conversions
  }

  /// Value in millionths of a US dollar, cut off: fine enough for the smallest minor unit.
  private static func value(
    _ position: (currency: Currency, amount: Int64), by rates: FXTable
  ) -> Int128 {
    let amount = MoneyAmount(minorUnits: position.amount, currency: position.currency)
    let dollars = rates.convert(amount, to: .usd)
    return Int128(dollars.amount.minorUnits) * 10_000 + Int128(dollars.residualBillionths) / 100_000
  }
}

/// The classical transport problem, solved by successive shortest paths: integers only, so that the
/// same input gives the same flows everywhere.
///
/// Ahuja, Magnanti and Orlin, "Network Flows" (1993), section 9.7. Each of the few rows and columns
/// is a currency.
struct Transport {
  private var supplies: [Int128]
  private var demands: [Int128]
  /// Millionths of a basis point, row by row; nil where nothing can be sent.
  private let costs: [Int64?]
  private var flows: [Int128]

  /// Sends from rows to columns; a unit costs `costs`, row by row, and nil forbids.
  init(supplies: [Int128], demands: [Int128], costs: [Double?]) {
    self.supplies = supplies
    self.demands = demands
    self.costs = costs.map { cost in cost.map { Int64(($0 * 1e6).rounded()) } }
    flows = Array(repeating: 0, count: costs.count)
  }

  /// What goes from a row to a column.
  subscript(row: Int, column: Int) -> Int128 { flows[row * demands.count + column] }

  /// Sends as much as can be sent, at the least cost of that.
  mutating func solve() {
    while let path = cheapestPath() { send(along: path) }
  }

  /// A path from a row with supply left to a column with demand left: cells to add to and to take
  /// from, alternating.
  private func cheapestPath() -> [Int]? {
    let (rows, columns) = (supplies.count, demands.count)
    let far = Int64.max / 4
    var distance = supplies.map { $0 > 0 ? 0 : far }
    distance += Array(repeating: far, count: columns)
    var reachedBy = [Int](repeating: -1, count: rows + columns)
    var isChanged = true
    while isChanged {
      isChanged = false
      for cell in flows.indices {
        guard let cost = costs[cell] else { continue }
        let (row, column) = (cell / columns, rows + cell % columns)
        if distance[row] < far, distance[row] + cost < distance[column] {
          (distance[column], reachedBy[column], isChanged) = (distance[row] + cost, cell, true)
        }
        if flows[cell] > 0, distance[column] < far, distance[column] - cost < distance[row] {
          (distance[row], reachedBy[row], isChanged) = (distance[column] - cost, cell, true)
        }
      }
    }
    let ends = demands.indices.filter { demands[$0] > 0 && distance[rows + $0] < far }
    guard let end = ends.min(by: { distance[rows + $0] < distance[rows + $1] }) else { return nil }
    var path: [Int] = []
    var node = rows + end
    while reachedBy[node] >= 0 {
      let cell = reachedBy[node]
      path.append(cell)
      node = node >= rows ? cell / columns : rows + cell % columns
    }
    return path.reversed()
  }

  private mutating func send(along path: [Int]) {
    let columns = demands.count
    let (row, column) = (path.first! / columns, path.last! % columns)
    var amount = min(supplies[row], demands[column])
    for cell in stride(from: 1, to: path.count, by: 2) { amount = min(amount, flows[path[cell]]) }
    for (step, cell) in path.enumerated() { flows[cell] += step % 2 == 0 ? amount : -amount }
    supplies[row] -= amount
    demands[column] -= amount
  }
}
