/// The quoted pairs as a network through which value flows from surplus to need.
struct ConversionNetwork {
  /// The currencies with a quote, and the settlement currency, ascending.
  let currencies: [Currency]
  private let settlement: Int
  /// Ends and spread of each pair.
  private let arcs: [(first: Int, second: Int, cost: Int64)]
  /// Value that flows from `first` to `second` of each pair; negative the other way.
  private var flow: [Int128]
  /// Value still to be moved out of each currency.
  private var excess: [Int128]

  init(paths: SpreadPaths, settlement: Currency) {
    let currencies =
      paths.currencies.contains(settlement)
      ? paths.currencies : (paths.currencies + [settlement]).sorted()
    self.currencies = currencies
    func index(_ currency: Currency) -> Int { currencies.firstIndex(of: currency)! }
    self.settlement = index(settlement)
    arcs = paths.quotes.map { (index($0.first), index($0.second), $0.millionths) }
    flow = Array(repeating: 0, count: arcs.count)
    excess = Array(repeating: 0, count: currencies.count)
  }

  /// Position of a currency; nil if it has no quote.
  func index(of currency: Currency) -> Int? { currencies.firstIndex(of: currency) }

  /// Adds value to a currency's position; the settlement currency will take it.
  mutating func add(_ value: Int128, to index: Int) {
    excess[index] += value
    excess[settlement] -= value
  }

  /// Moves all value from surplus to need at the least cost.
  ///
  /// Each round sends as much as possible along the cheapest path of what flows already, forward or
  /// back, from the first currency with a surplus to the nearest with a need. Costs are sums of
  /// integers, so the optimum is exact.
  mutating func route() {
    while let source = excess.firstIndex(where: { $0 > 0 }) {
      let (distances, steps) = shortestPaths(from: source)
      let needing = excess.indices.filter { excess[$0] < 0 && distances[$0] != nil }
      guard let target = needing.min(by: { distances[$0]! < distances[$1]! }) else {
        preconditionFailure("no quotes lead from \(currencies[source]) to where value is needed")
      }
      var amount = min(excess[source], -excess[target])
      var node = target
      while node != source {
        let step = steps[node]!
        if isUndoing(step) { amount = min(amount, abs(flow[step.arc])) }
        node = step.from
      }
      node = target
      while node != source {
        let step = steps[node]!
        flow[step.arc] += step.isForward ? amount : -amount
        node = step.from
      }
      excess[source] -= amount
      excess[target] += amount
    }
    cancelCycles()
  }

  private struct Step {
    let arc: Int
    let isForward: Bool
    let from: Int
  }

  /// Whether a step takes back what flows the other way.
  private func isUndoing(_ step: Step) -> Bool {
    step.isForward ? flow[step.arc] < 0 : flow[step.arc] > 0
  }

  /// Bellman and Ford's algorithm over the pairs, where taking back a flow earns its spread. A
  /// path's cost counts its steps in the last place, so that no cycle is free.
  private func shortestPaths(from source: Int) -> (distances: [Int64?], steps: [Step?]) {
    var distances = [Int64?](repeating: nil, count: currencies.count)
    var steps = [Step?](repeating: nil, count: currencies.count)
    distances[source] = 0
    for _ in currencies.indices {
      var isShorter = false
      for (arc, ends) in arcs.enumerated() {
        for isForward in [true, false] {
          let step = Step(
            arc: arc, isForward: isForward, from: isForward ? ends.first : ends.second)
          let target = isForward ? ends.second : ends.first
          guard let start = distances[step.from] else { continue }
          let unit = ends.cost * 1_024 + 1
          let length = start + (isUndoing(step) ? -unit : unit)
          guard length < distances[target] ?? .max else { continue }
          distances[target] = length
          steps[target] = step
          isShorter = true
        }
      }
      if !isShorter { break }
    }
    return (distances, steps)
  }

  /// Takes value out of each cycle of used pairs until one of them is unused. In an optimal flow a
  /// cycle is as dear one way round as the other, so this costs nothing.
  private mutating func cancelCycles() {
    while let cycle = usedCycle() {
      let flows = cycle.map { $0.isForward ? flow[$0.arc] : -flow[$0.arc] }
      // The weakest flow against the cycle's direction, or else along it, comes to rest.
      let rest = flows.filter { $0 < 0 }.max() ?? flows.min()!
      for step in cycle { flow[step.arc] -= step.isForward ? rest : -rest }
    }
  }

  /// The first cycle of pairs that are used; nil if they are trees.
  private func usedCycle() -> [Step]? {
    var used: [Int] = []
    for (arc, ends) in arcs.enumerated() where flow[arc] != 0 {
      let steps = tree(of: used, from: ends.second)
      if steps[ends.first] != nil {
        var cycle = [Step(arc: arc, isForward: true, from: ends.first)]
        var node = ends.first
        while node != ends.second {
          cycle.append(steps[node]!)
          node = steps[node]!.from
        }
        return cycle
      }
      used.append(arc)
    }
    return nil
  }

  /// The steps by which each currency is reached from `root` over `used` pairs; nil for the root
  /// and for what is not reached.
  private func tree(of used: [Int], from root: Int) -> [Step?] {
    var steps = [Step?](repeating: nil, count: currencies.count)
    var reached = [root]
    var next = 0
    while next < reached.count {
      let node = reached[next]
      next += 1
      for arc in used {
        let (first, second, _) = arcs[arc]
        guard first == node || second == node else { continue }
        let other = first == node ? second : first
        guard other != root, steps[other] == nil else { continue }
        steps[other] = Step(arc: arc, isForward: first == node, from: node)
        reached.append(other)
      }
    }
    return steps
  }

  /// Each currency that is not a root, with the next one towards its root, leaves first. The root
  /// of a tree of used pairs is the settlement currency, else its first currency.
  func leavesInward() -> [(leaf: Int, inner: Int)] {
    let used = arcs.indices.filter { flow[$0] != 0 }
    var isDone = [Bool](repeating: false, count: currencies.count)
    var result: [(leaf: Int, inner: Int)] = []
    for root in [settlement] + currencies.indices where !isDone[root] {
      let steps = tree(of: used, from: root)
      isDone[root] = true
      var inward: [(leaf: Int, inner: Int)] = []
      var layer = [root]
      while !layer.isEmpty {
        let outer = currencies.indices.filter { node in
          steps[node].map { layer.contains($0.from) } ?? false
        }
        for node in outer {
          isDone[node] = true
          inward.append((leaf: node, inner: steps[node]!.from))
        }
        layer = outer
      }
      result += inward.reversed()
    }
    return result
  }
}
