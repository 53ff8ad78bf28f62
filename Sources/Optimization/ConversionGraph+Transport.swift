extension ConversionGraph {
  /// Value that is turned from one currency into another.
  struct Transfer: Equatable {
    var from: Int
    var to: Int
    var amount: Int64
  }

  /// The cheapest transfers that turn what is above zero of
  /// `imbalances[offset..<offset + currencies]` into what is below: successive shortest paths
  /// (Ahuja, Magnanti, Orlin, Network Flows, 1993, section 9.7), exact in integers.
  /// - Precondition: what is above zero can reach what is below, and they add up to zero.
  func transport(_ imbalances: [Int64], at offset: Int) -> [Transfer] {
    let row = Array(imbalances[offset..<offset + currencies])
    let sources = row.indices.filter { row[$0] > 0 }
    let sinks = row.indices.filter { row[$0] < 0 }
    var supply = sources.map { row[$0] }
    var demand = sinks.map { -row[$0] }
    var flow = Array(repeating: Int64(0), count: sources.count * sinks.count)
    while let route = cheapestRoute(sources, sinks, supply, demand, flow) {
      var amount = min(supply[route[0]], demand[route[route.count - 1]])
      for step in stride(from: 1, to: route.count - 1, by: 2) {
        amount = min(amount, flow[route[step + 1] * sinks.count + route[step]])
      }
      for step in 0..<route.count - 1 {
        if step.isMultiple(of: 2) {
          flow[route[step] * sinks.count + route[step + 1]] += amount
        } else {
          flow[route[step + 1] * sinks.count + route[step]] -= amount
        }
      }
      supply[route[0]] -= amount
      demand[route[route.count - 1]] -= amount
    }
    precondition(supply.allSatisfy { $0 == 0 }, "surplus \(row) cannot reach its deficit")
    return flow.indices.filter { flow[$0] > 0 }.map { index in
      Transfer(
        from: sources[index / sinks.count], to: sinks[index % sinks.count], amount: flow[index])
    }
  }

  /// Positions of a source, a sink, a source ... a sink: the cheapest way in the residual network
  /// from supply that is left to demand that is left; nil when nothing is left or reachable.
  private func cheapestRoute(
    _ sources: [Int], _ sinks: [Int], _ supply: [Int64], _ demand: [Int64], _ flow: [Int64]
  ) -> [Int]? {
    var toSource = supply.map { $0 > 0 ? 0 : Self.unreachable }
    var toSink = Array(repeating: Self.unreachable, count: sinks.count)
    var sourceBefore = Array(repeating: -1, count: sinks.count)
    var sinkBefore = Array(repeating: -1, count: sources.count)
    var changed = true
    while changed {
      changed = false
      for source in sources.indices where toSource[source] < Self.unreachable {
        for sink in sinks.indices where isConnected(sources[source], sinks[sink]) {
          let reach = toSource[source] + distance(sources[source], sinks[sink])
          if reach < toSink[sink] {
            toSink[sink] = reach
            sourceBefore[sink] = source
            changed = true
          }
        }
      }
      for sink in sinks.indices where toSink[sink] < Self.unreachable {
        for source in sources.indices where flow[source * sinks.count + sink] > 0 {
          let reach = toSink[sink] - distance(sources[source], sinks[sink])
          if reach < toSource[source] {
            toSource[source] = reach
            sinkBefore[source] = sink
            changed = true
          }
        }
      }
    }
    var end = -1
    for sink in sinks.indices where demand[sink] > 0 && toSink[sink] < Self.unreachable {
      if end < 0 || toSink[sink] < toSink[end] { end = sink }
    }
    guard end >= 0 else { return nil }
    var route = [end]
    var source = sourceBefore[end]
    route.append(source)
    while sinkBefore[source] >= 0 {
      route.append(sinkBefore[source])
      source = sourceBefore[sinkBefore[source]]
      route.append(source)
    }
    return route.reversed()
  }
}
