/// The compact formulation: shares of payment classes by slot, whole numbers of batches by key, net
/// conversions by value date over quoted pairs, and shares put off.
///
///     min  sum_t sum_(c,e) beta_ce z_cet + sum_b f_b y_b + sum_(g,w) r V_g days(w) x_gw
///          + sum_g (M V_g + F n_g) u_g
///     s.t. sum_w x_gw + u_g = 1                                        each class g
///          sum_{g in G(b), l_g = l} V_g x_gb <= V(b, l) y_b            each key b, deadline l
///          sum_{g in G(b)} n_g x_gb <= B y_b                           each key that can exceed B
///          inflow - outflow + conversions to - conversions from = 0    each currency, value date
///          sum_{d_g = c} V_g x_gw <= L_cw                              each currency, window
///          sum_{k_g = k} V_g x_gw <= K_kw                              each counterparty, window
///
/// n_g is the value of a class over its largest payment: a share x of the value is never made of
/// fewer than n_g x payments. f_b is the price with the discount, unless the key has too few
/// payments ever to get it. So every plan of whole payments costs at least the least cost of the
/// relaxation. Costs are in minor units; rows of value are divided by a value of their own, which
/// keeps coefficients near 1.
///
/// When the open keys are given, their links to `y` fall away, and a class with one open slot is a
/// constant, unless one of its payments is put off. Each limit then leaves a margin free where that
/// costs next to nothing, which makes room for rounding to whole payments.
struct Formulation {
  let classes: [PaymentClass]
  var program = SparseProgram()
  /// Columns of a class: slot and column, the earliest slot first; none for a fixed class.
  var shares: [[(slot: Int, column: Int)]] = []
  /// The slot of each class that can go nowhere else, else -1.
  var fixedSlots: [Int] = []
  /// Cost of the fixed classes, batches apart, and of payments that no slot may take.
  var fixedCost = 0.0
  /// Columns of the shares put off, by class; -1 for a fixed class.
  var deferrals: [Int] = []
  /// Columns of the numbers of batches.
  var batches: [Int] = []
  /// The key of each of these columns.
  var keys: [Int] = []

  /// Share of a limit that is left free if it can be, and the price of using all of it, as a share
  /// of a batch's.
  private static let margin = 0.02
  private static let marginPrice = 0.0004
  /// Keys that may be used.
  let isOpen: [Bool]
  let hasLinks: Bool
  /// Value of the classes of a key with one deadline.
  var linkValue: [Int64] = []
  /// Number of payments that may use a key.
  var keyCount: [Int] = []
  /// Minor units that are 1 in the rows of conversions.
  var flowUnit = 1.0
  var rowOfClass: [Int32] = []
  var linkRow: [Int32] = []
  var countRow: [Int32] = []
  var liquidityRow: [Int32] = []
  var counterpartyRow: [Int32] = []
  var flowRow: [Int32] = []

  /// The formulation of all keys, or of those that are open; `arrangement` tells what is put off.
  init(_ grid: PlanningGrid, open: [Bool]? = nil, after arrangement: Arrangement? = nil) {
    isOpen = open ?? Array(repeating: true, count: grid.lanes * grid.slots)
    hasLinks = open == nil
    classes = PaymentClass.classes(of: grid)
    flowUnit = max(1, Double(classes.reduce(0) { $0 + $1.value }) / 100)
    fixedSlots = classes.map { payments in
      let usable = slots(grid, payments)
      let isPlaced = payments.members.allSatisfy { arrangement?.slots[$0] ?? 0 >= 0 }
      return !hasLinks && usable.count == 1 && isPlaced ? usable[0] : -1
    }
    for position in grid.problem.payments.indices where grid.slots(of: position).isEmpty {
      fixedCost += Double(grid.deferralCost(of: grid.problem.payments[position])) / 1e6
    }
    tally(grid)
    addRows(grid)
    for index in classes.indices { addShares(grid, index) }
    addBatches(grid)
    if grid.problem.netsConversions { addConversions(grid) }
  }

  /// What the whole of a class counts for. Shares are shares of value, and the payments that make
  /// up one may be few and large: only a count by value keeps the relaxation below every plan.
  /// Trials with open keys need no bound and take the number of payments.
  func count(_ payments: PaymentClass) -> Double {
    hasLinks ? payments.leastCount : Double(payments.members.count)
  }

  func key(_ grid: PlanningGrid, _ payments: PaymentClass, _ slot: Int) -> Int {
    grid.lane(destination: payments.destination, counterparty: payments.counterparty) * grid.slots
      + slot
  }

  /// Open slots that may take a class.
  func slots(_ grid: PlanningGrid, _ payments: PaymentClass) -> [Int] {
    grid.slots(of: payments.members[0])
      .filter { isOpen[key(grid, payments, $0)] }
  }

  private mutating func tally(_ grid: PlanningGrid) {
    linkValue = Array(repeating: 0, count: isOpen.count * PlanningGrid.windows)
    keyCount = Array(repeating: 0, count: isOpen.count)
    for payments in classes {
      for slot in slots(grid, payments) {
        let key = key(grid, payments, slot)
        linkValue[key * PlanningGrid.windows + payments.latest.rawValue] += payments.value
        keyCount[key] += payments.members.count
      }
    }
  }

  private mutating func addRows(_ grid: PlanningGrid) {
    rowOfClass = fixedSlots.map { $0 < 0 ? program.addRow(lower: 1, upper: 1) : -1 }
    linkRow = linkValue.map { value in
      value > 0 && hasLinks ? program.addRow(lower: -.infinity, upper: 0) : -1
    }
    var fixedCount = Array(repeating: 0, count: keyCount.count)
    for (index, slot) in fixedSlots.enumerated() where slot >= 0 {
      fixedCount[key(grid, classes[index], slot)] += classes[index].members.count
    }
    let most = grid.problem.maximumBatch
    countRow = keyCount.indices.map { key in
      keyCount[key] > most
        ? program.addRow(
          lower: -.infinity, upper: -Double(fixedCount[key]) / Double(most)) : -1
    }
    addLimitRows(grid)
    if grid.problem.netsConversions { addFlowRows(grid) }
  }

  /// Rows of the limits that can be exceeded, less what the fixed classes take.
  private mutating func addLimitRows(_ grid: PlanningGrid) {
    let windows = PlanningGrid.windows
    var mostIn = Array(repeating: Int64(0), count: grid.liquidity.count)
    var mostTo = Array(repeating: Int64(0), count: grid.counterpartyLimits.count)
    var (fixedIn, fixedTo) = (mostIn, mostTo)
    for (index, payments) in classes.enumerated() {
      var last = -1
      for slot in slots(grid, payments) where grid.window(ofSlot: slot) != last {
        let window = grid.window(ofSlot: slot)
        last = window
        let currency = payments.destination * windows + window
        let counterparty = payments.counterparty * windows + window
        mostIn[currency] += payments.value
        mostTo[counterparty] += payments.value
        if fixedSlots[index] >= 0 {
          fixedIn[currency] += payments.value
          fixedTo[counterparty] += payments.value
        }
      }
    }
    func rows(_ most: [Int64], _ fixed: [Int64], _ limits: [Int64]) -> [Int32] {
      limits.indices.map { index in
        if most[index] <= limits[index] || most[index] == fixed[index] { return -1 }
        let left = Double(limits[index] - fixed[index]) / Double(max(1, limits[index]))
        if hasLinks || limits[index] == 0 { return program.addRow(lower: -.infinity, upper: left) }
        let row = program.addRow(lower: -.infinity, upper: left - Self.margin)
        let price = Self.marginPrice / Self.margin * Double(grid.problem.rails[0].fee)
        _ = program.addColumn(upper: Self.margin, cost: price, [(row, -1)])
        return row
      }
    }
    liquidityRow = rows(mostIn, fixedIn, grid.liquidity)
    counterpartyRow = rows(mostTo, fixedTo, grid.counterpartyLimits)
  }

  private mutating func addFlowRows(_ grid: PlanningGrid) {
    let currencies = grid.problem.currencies
    var fixed = Array(repeating: Int64(0), count: PlanningGrid.dates * currencies)
    for (index, slot) in fixedSlots.enumerated() where slot >= 0 {
      let payments = classes[index]
      let offset = grid.days(ofSlot: slot) * currencies
      fixed[offset + payments.source] += payments.value
      fixed[offset + payments.destination] -= payments.value
    }
    flowRow = fixed.map { value in
      let bound = -Double(value) / flowUnit
      return program.addRow(lower: bound, upper: bound)
    }
  }
}
