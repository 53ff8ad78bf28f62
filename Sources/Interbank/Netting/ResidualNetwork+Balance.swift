extension ResidualNetwork {
  /// Moves every excess to a deficit at least cost, by the primal-dual method (Ford and Fulkerson
  /// 1962) with blocking flows (Dinic 1970).
  ///
  /// 1. Prices of the nodes begin at zero: no arc with a residual costs less than nothing.
  /// 2. Level the nodes by their steps from an excess along arcs of reduced cost zero.
  /// 3. If a deficit has a level, push along ascending levels until nothing more gets through, and
  ///    go to 2.
  /// 4. Else raise the prices by the distance from an excess up to that of the nearest deficit. If
  ///    there is one, go to 2; else all is balanced, for taking everything back would reach it.
  ///
  /// Every distance is a cost of a simple path, of which there are few: at most 2 for each
  /// participant; and each is a maximum flow, so the work does not depend on the amounts.
  mutating func balance() {
    var search = Search(nodeCount: nodeCount)
    while true {
      if level(&search) {
        push(&search)
      } else if !raisePrices(&search) {
        break
      }
    }
    precondition(excess.allSatisfy { $0 == 0 }, "an excess found no way to a deficit")
  }

  /// Working memory of the search.
  struct Search {
    var price: [Int32]
    /// Steps from an excess; -1 if not reached.
    var level: [Int32]
    var distance: [Int32]
    var next: [Int32]
    var queue: [Int32] = []
    var path: [Int32] = []
    /// Nodes by distance.
    var buckets: [[Int32]] = []

    init(nodeCount: Int) {
      price = [Int32](repeating: 0, count: nodeCount)
      level = price
      distance = price
      next = price
      queue.reserveCapacity(nodeCount)
    }
  }

  /// Step 2; whether a deficit was reached.
  private func level(_ search: inout Search) -> Bool {
    search.queue.removeAll(keepingCapacity: true)
    for node in 0..<nodeCount {
      search.level[node] = excess[node] > 0 ? 0 : -1
      if excess[node] > 0 { search.queue.append(Int32(node)) }
    }
    var reached = false
    var first = 0
    while first < search.queue.count {
      let node = Int(search.queue[first])
      first += 1
      if excess[node] < 0 { reached = true }
      let price = search.price[node]
      for index in Int(starts[node])..<Int(starts[node + 1]) {
        let head = Int(arcs[index].head)
        if search.level[head] < 0, arcs[index].residual > 0,
          arcs[index].cost + price == search.price[head]
        {
          search.level[head] = search.level[node] + 1
          search.queue.append(Int32(head))
        }
      }
    }
    return reached
  }

  /// Step 3.
  private mutating func push(_ search: inout Search) {
    for node in 0..<nodeCount { search.next[node] = starts[node] }
    for source in 0..<nodeCount where excess[source] > 0 {
      search.path.removeAll(keepingCapacity: true)
      var node = source
      while excess[source] > 0 {
        if excess[node] < 0 {
          augment(search.path, from: source, to: node)
          search.path.removeAll(keepingCapacity: true)
          node = source
        } else if let arc = admissibleArc(from: node, &search) {
          search.path.append(arc)
          node = Int(arcs[Int(arc)].head)
        } else if let last = search.path.popLast() {
          // A dead end: its predecessor goes on with its next arc.
          node = Int(arcs[Int(arcs[Int(last)].opposite)].head)
          search.next[node] += 1
        } else {
          break
        }
      }
    }
  }

  /// The first arc, from where the last search stopped, that leads one level up at no reduced cost.
  @inline(__always)
  private func admissibleArc(from node: Int, _ search: inout Search) -> Int32? {
    let (price, level) = (search.price[node], search.level[node] + 1)
    var index = search.next[node]
    defer { search.next[node] = index }
    while index < starts[node + 1] {
      let arc = arcs[Int(index)]
      let head = Int(arc.head)
      if search.level[head] == level, arc.residual > 0, arc.cost + price == search.price[head] {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Moves as much as the excess, the deficit and the arcs of the path allow.
  private mutating func augment(_ path: [Int32], from source: Int, to sink: Int) {
    var amount = min(excess[source], -excess[sink])
    for arc in path { amount = min(amount, arcs[Int(arc)].residual) }
    for arc in path {
      arcs[Int(arc)].residual -= amount
      arcs[Int(arcs[Int(arc)].opposite)].residual += amount
    }
    excess[source] -= amount
    excess[sink] += amount
  }

  /// Step 4, by Dial's variant of Dijkstra's algorithm (1969); whether a deficit can be reached.
  private func raisePrices(_ search: inout Search) -> Bool {
    for bucket in search.buckets.indices { search.buckets[bucket].removeAll(keepingCapacity: true) }
    if search.buckets.isEmpty { search.buckets.append([]) }
    for node in 0..<nodeCount {
      search.distance[node] = excess[node] > 0 ? 0 : .max
      if excess[node] > 0 { search.buckets[0].append(Int32(node)) }
    }
    var nearest: Int32?
    var distance: Int32 = 0
    while nearest == nil, Int(distance) < search.buckets.count {
      var position = 0
      while position < search.buckets[Int(distance)].count {
        let node = Int(search.buckets[Int(distance)][position])
        position += 1
        guard search.distance[node] == distance else { continue }
        if excess[node] < 0 { nearest = distance }
        relax(node, &search)
      }
      distance += 1
    }
    guard let nearest else { return false }
    for node in 0..<nodeCount { search.price[node] += min(search.distance[node], nearest) }
    return true
  }

  @inline(__always)
  private func relax(_ node: Int, _ search: inout Search) {
    let from = search.distance[node] + search.price[node]
    for index in Int(starts[node])..<Int(starts[node + 1]) where arcs[index].residual > 0 {
      let head = Int(arcs[index].head)
      let distance = from + arcs[index].cost - search.price[head]
      guard distance < search.distance[head] else { continue }
      search.distance[head] = distance
      while search.buckets.count <= Int(distance) { search.buckets.append([]) }
      search.buckets[Int(distance)].append(Int32(head))
    }
  }
}
