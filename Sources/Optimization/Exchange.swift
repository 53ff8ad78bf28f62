/// The cheapest exchange that brings a payer's positions to zero.
struct Exchange {
  /// A deal between two currencies.
  struct Deal {
    var from: Int
    var to: Int
    var value: Int64

    init(from: Int, to: Int, value: Int64) {
      self.from = from
      self.to = to
      self.value = value
    }

    /// What a currency has too much of goes to another; what it lacks comes from there.
    init(evening currency: Int, with other: Int, _ position: Int64) {
      self =
        position >= 0
        ? Deal(from: currency, to: other, value: position)
        : Deal(from: other, to: currency, value: -position)
    }
  }

  let spreads: Spreads

  init(_ problem: RoundProblem) { spreads = Spreads(problem) }

  /// The least spread that evens positions out, without fees.
  /// - Parameters:
  ///   - positions: by currency, adding up to zero; above zero for what there is too much of.
  ///   - deals: is given the exchange; nil where only the cost is of interest.
  func spread(_ positions: [Int64], deals: ((Deal) -> Void)? = nil) -> Double {
    if deals == nil, let cost = star(positions) { return cost }
    var surplus: [(currency: Int, value: Int64)] = []
    var deficit: [(currency: Int, value: Int64)] = []
    for currency in positions.indices where positions[currency] != 0 {
      let value = positions[currency]
      if value > 0 { surplus.append((currency, value)) } else { deficit.append((currency, -value)) }
    }
    return transport(surplus, deficit, deals)
  }

  /// What it costs where all goes from or to one currency; nil elsewhere.
  private func star(_ positions: [Int64]) -> Double? {
    var (surplus, deficit) = (0, 0)
    var (from, to) = (0, 0)
    for currency in positions.indices {
      if positions[currency] > 0 {
        surplus += 1
        from = currency
      } else if positions[currency] < 0 {
        deficit += 1
        to = currency
      }
    }
    guard surplus <= 1 || deficit <= 1 else { return nil }
    var cost = 0.0
    for currency in positions.indices {
      if surplus == 1, positions[currency] < 0 {
        cost -= Double(positions[currency]) * spreads[from, currency]
      } else if surplus != 1, positions[currency] > 0 {
        cost += Double(positions[currency]) * spreads[currency, to]
      }
    }
    return cost
  }

  /// Successive shortest paths (Ahuja, Magnanti and Orlin, "Network Flows", 1993, section 9.7).
  private func transport(
    _ surplus: [(currency: Int, value: Int64)], _ deficit: [(currency: Int, value: Int64)],
    _ deals: ((Deal) -> Void)?
  ) -> Double {
    let (rows, columns) = (surplus.count, deficit.count)
    var supply = surplus.map(\.value)
    var demand = deficit.map(\.value)
    var flow = [Int64](repeating: 0, count: rows * columns)
    while supply.contains(where: { $0 > 0 }) {
      var distance = supply.map { $0 > 0 ? 0 : Double.infinity }
      distance += Array(repeating: .infinity, count: columns)
      var before = [Int](repeating: -1, count: rows + columns)
      var isChanged = true
      while isChanged {
        isChanged = false
        for row in 0..<rows {
          for column in 0..<columns {
            let spread = spreads[surplus[row].currency, deficit[column].currency]
            if distance[row] + spread < distance[rows + column] - 1e-15 {
              distance[rows + column] = distance[row] + spread
              (before[rows + column], isChanged) = (row, true)
            }
            if flow[row * columns + column] > 0,
              distance[rows + column] - spread < distance[row] - 1e-15
            {
              distance[row] = distance[rows + column] - spread
              (before[row], isChanged) = (rows + column, true)
            }
          }
        }
      }
      guard
        let end = (0..<columns).filter({ demand[$0] > 0 })
          .min(by: { distance[rows + $0] < distance[rows + $1] })
      else { preconditionFailure("positions do not add up to zero") }
      var path = [rows + end]
      while before[path.last!] >= 0 { path.append(before[path.last!]) }
      path.reverse()
      var amount = min(supply[path[0]], demand[end])
      for (from, to) in zip(path, path.dropFirst()) where from >= rows {
        amount = min(amount, flow[to * columns + from - rows])
      }
      for (from, to) in zip(path, path.dropFirst()) {
        if from < rows {
          flow[from * columns + to - rows] += amount
        } else {
          flow[to * columns + from - rows] -= amount
        }
      }
      supply[path[0]] -= amount
      demand[end] -= amount
    }
    var cost = 0.0
    for (cell, value) in flow.enumerated() where value > 0 {
      let (from, to) = (surplus[cell / columns].currency, deficit[cell % columns].currency)
      cost += Double(value) * spreads[from, to]
      deals?(Deal(from: from, to: to, value: value))
    }
    return cost
  }

  /// Of up to so many currencies every way to deal between them is tried.
  static let exhaustive = 5

  /// The cheapest exchange where every deal has the fees of both its legs, and each currency that
  /// is touched is in a deal.
  ///
  /// Exact for up to `exhaustive` currencies: an optimum is a forest. For more, a good tree is
  /// taken.
  /// - Parameters:
  ///   - nodes: the currencies between which deals are possible.
  ///   - touched: by currency, whether there is something to exchange.
  func withFees(
    _ positions: [Int64], touched: (Int) -> Bool, nodes: [Int],
    fees: [Double], deals: ((Deal) -> Void)? = nil
  ) -> (spread: Double, fees: Double) {
    var needed = 0
    for (place, node) in nodes.enumerated() where touched(node) { needed |= 1 << place }
    if needed == 0 { return (0, 0) }
    if nodes.count > Self.exhaustive {
      let some = nodes.filter(touched)
      return some.count <= Self.exhaustive
        ? withFees(positions, touched: touched, nodes: some, fees: fees, deals: deals)
        : tree(positions, some, fees, deals)
    }
    let own = nodes.map { positions[$0] }
    var best = (spread: Double.infinity, fees: 0.0)
    var chosen: Forest?
    var left = own
    for forest in Forest.all[nodes.count] where forest.covered & needed == needed {
      for place in own.indices { left[place] = own[place] }
      var (spread, fee) = (0.0, 0.0)
      for edge in forest.edges {
        let (leaf, parent) = (nodes[edge.leaf], nodes[edge.parent])
        spread += Double(abs(left[edge.leaf])) * spreads[leaf, parent]
        fee += fees[leaf] + fees[parent]
        left[edge.parent] += left[edge.leaf]
        left[edge.leaf] = 0
      }
      guard left.allSatisfy({ $0 == 0 }) else { continue }
      if spread + fee < best.spread + best.fees - 1e-12 {
        best = (spread, fee)
        chosen = forest
      }
    }
    guard let chosen else { preconditionFailure("positions do not add up to zero") }
    if let deals {
      var left = own
      for edge in chosen.edges {
        let value = left[edge.leaf]
        deals(Deal(evening: nodes[edge.leaf], with: nodes[edge.parent], value))
        left[edge.parent] += value
        left[edge.leaf] = 0
      }
    }
    return best
  }

  /// Deals along a tree of many currencies: all with one of them, then single ones with another
  /// instead as long as that is cheaper.
  private func tree(
    _ positions: [Int64], _ nodes: [Int], _ fees: [Double], _ deals: ((Deal) -> Void)?
  ) -> (spread: Double, fees: Double) {
    var best = (parents: [Int](), spread: Double.infinity, fees: 0.0)
    func consider(_ parents: [Int]) -> Bool {
      let found = price(parents, positions, nodes, fees, nil)
      guard found.spread + found.fees < best.spread + best.fees - 1e-9 else { return false }
      best = (parents, found.spread, found.fees)
      return true
    }
    for hub in nodes.indices {
      _ = consider(nodes.indices.map { $0 == hub ? -1 : hub })
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for node in nodes.indices where best.parents[node] >= 0 {
        for other in nodes.indices where other != node {
          var parents = best.parents
          var above = other
          while above >= 0, above != node { above = parents[above] }
          if above == node { continue }
          parents[node] = other
          if consider(parents) { isChanged = true }
        }
      }
    }
    _ = deals.map { price(best.parents, positions, nodes, fees, $0) }
    return (best.spread, best.fees)
  }

  /// What deals along a tree cost, each node's parent given.
  private func price(
    _ parents: [Int], _ positions: [Int64], _ nodes: [Int], _ fees: [Double],
    _ deals: ((Deal) -> Void)?
  ) -> (spread: Double, fees: Double) {
    var left = nodes.map { positions[$0] }
    var children = [Int](repeating: 0, count: nodes.count)
    for parent in parents where parent >= 0 { children[parent] += 1 }
    var leaves = nodes.indices.filter { children[$0] == 0 && parents[$0] >= 0 }
    var (spread, fee) = (0.0, 0.0)
    while let leaf = leaves.popLast() {
      let parent = parents[leaf]
      let (one, other) = (nodes[leaf], nodes[parent])
      spread += Double(abs(left[leaf])) * spreads[one, other]
      fee += fees[one] + fees[other]
      deals?(Deal(evening: one, with: other, left[leaf]))
      left[parent] += left[leaf]
      children[parent] -= 1
      if children[parent] == 0, parents[parent] >= 0 { leaves.append(parent) }
    }
    return (spread, fee)
  }
}

/// A forest over a few nodes, as edges from leaves inwards.
struct Forest {
  var edges: [(leaf: Int, parent: Int)] = []
  /// The nodes that have an edge.
  var covered = 0

  /// All forests over 0, 1 ... `Exchange.exhaustive` nodes.
  static let all: [[Forest]] = (0...Exchange.exhaustive).map(forests)

  private static func forests(_ nodes: Int) -> [Forest] {
    let pairs = (0..<nodes).flatMap { first in
      (first + 1..<max(first + 1, nodes)).map { (first, $0) }
    }
    return (0..<1 << pairs.count).compactMap { subset in
      forest(of: pairs.indices.filter { subset >> $0 & 1 == 1 }.map { pairs[$0] })
    }
  }

  /// Takes leaves off until nothing is left; nil where that ends in a cycle.
  private static func forest(of pairs: [(Int, Int)]) -> Forest? {
    var forest = Forest()
    var left = pairs
    for (first, second) in pairs { forest.covered |= 1 << first | 1 << second }
    while !left.isEmpty {
      var degree = [Int](repeating: 0, count: Exchange.exhaustive)
      for (first, second) in left {
        degree[first] += 1
        degree[second] += 1
      }
      guard let place = left.firstIndex(where: { degree[$0.0] == 1 || degree[$0.1] == 1 })
      else { return nil }
      let (first, second) = left.remove(at: place)
      forest.edges.append(degree[first] == 1 ? (first, second) : (second, first))
    }
    return forest
  }
}
