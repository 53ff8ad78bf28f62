/// Currencies and the quoted pairs between them; finds the cheapest conversions.
struct ConversionGraph {
  let currencies: Int
  /// Cheapest spread between two currencies in millionths, `unreachable` if no path joins them.
  private let distances: [Int64]
  /// The currency after the first on the cheapest path.
  private let next: [Int]

  static let unreachable = Int64.max / 4

  /// The graph of `quotes`. Of several cheapest paths the one over fewer and lower positions wins.
  init(currencies: Int, quotes: [PlanningQuote]) {
    let count = max(0, currencies)
    var distances = Array(repeating: Self.unreachable, count: count * count)
    var next = Array(repeating: -1, count: count * count)
    for currency in 0..<count {
      distances[currency * count + currency] = 0
      next[currency * count + currency] = currency
    }
    for quote in quotes {
      for (from, to) in [(quote.first, quote.second), (quote.second, quote.first)] {
        distances[from * count + to] = quote.partsPerMillion
        next[from * count + to] = to
      }
    }
    for via in 0..<count {
      for from in 0..<count {
        for to in 0..<count {
          let detour = distances[from * count + via] + distances[via * count + to]
          if detour < distances[from * count + to] {
            distances[from * count + to] = detour
            next[from * count + to] = next[from * count + via]
          }
        }
      }
    }
    self.currencies = count
    self.distances = distances
    self.next = next
  }

  /// Spread of the cheapest path in millionths.
  func distance(_ from: Int, _ to: Int) -> Int64 { distances[from * currencies + to] }

  /// Whether a path of quoted pairs joins two currencies.
  func isConnected(_ from: Int, _ to: Int) -> Bool { distance(from, to) < Self.unreachable }

  /// The longest of the cheapest paths, in millionths.
  var longestDistance: Int64 { distances.filter { $0 < Self.unreachable }.max() ?? 0 }

  /// The ordered quoted pairs along the cheapest path.
  func path(_ from: Int, _ to: Int) -> [(from: Int, to: Int)] {
    var steps: [(from: Int, to: Int)] = []
    var current = from
    while current != to {
      let following = next[current * currencies + to]
      steps.append((current, following))
      current = following
    }
    return steps
  }

  /// The least cost, in millionths of a minor unit, of turning what is above zero of
  /// `imbalances[offset..<offset + currencies]` into what is below.
  ///
  /// Up to two currencies on either side are solved by formula; the rest by `transport`.
  func cost(_ imbalances: [Int64], at offset: Int) -> Int64 {
    var surplus = (-1, -1)
    var deficit = (-1, -1)
    var surpluses = 0
    var deficits = 0
    for currency in 0..<currencies {
      let amount = imbalances[offset + currency]
      if amount > 0 {
        surplus = (surplus.1, currency)
        surpluses += 1
      } else if amount < 0 {
        deficit = (deficit.1, currency)
        deficits += 1
      }
    }
    if surpluses == 0 { return 0 }
    if surpluses == 1 || deficits == 1 {
      let hub = surpluses == 1 ? surplus.1 : deficit.1
      var cost: Int64 = 0
      for currency in 0..<currencies where currency != hub {
        let amount = imbalances[offset + currency].magnitude
        if amount > 0 { cost += Int64(amount) * distance(hub, currency) }
      }
      return cost
    }
    if surpluses == 2, deficits == 2, isConnected(surplus.0, surplus.1),
      isConnected(surplus.0, deficit.0), isConnected(surplus.0, deficit.1)
    {
      let (high, low) = (imbalances[offset + surplus.0], imbalances[offset + surplus.1])
      let (first, second) = (-imbalances[offset + deficit.0], -imbalances[offset + deficit.1])
      let turn =
        distance(surplus.0, deficit.0) + distance(surplus.1, deficit.1)
        - distance(surplus.0, deficit.1) - distance(surplus.1, deficit.0)
      let flow = turn > 0 ? max(0, high - second) : min(high, first)
      return flow * distance(surplus.0, deficit.0)
        + (high - flow) * distance(surplus.0, deficit.1)
        + (first - flow) * distance(surplus.1, deficit.0)
        + (low - first + flow) * distance(surplus.1, deficit.1)
    }
    return transport(imbalances, at: offset).reduce(0) {
      $0 + $1.amount * distance($1.from, $1.to)
    }
  }
}
