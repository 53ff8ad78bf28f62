import PaymentModel

/// What each bank owes all others together in one currency, and how that is evened out.
struct NetPositions {
  /// Money from one bank to another.
  struct Transfer {
    var payer: BankID
    var payee: BankID
    /// Minor units, above zero.
    var amount: Int64
    var payments: Int
  }

  /// The banks, ascending.
  private let banks: [BankID]
  /// What each pays less what it is paid; the sum is zero.
  private var net: [Int64]
  /// Payments that each is payer or payee of.
  private var payments: [Int]
  /// Which banks' positions are connected by a pair that is not even: the smallest bank of each
  /// bank's component.
  private var component: [Int]

  /// - Precondition: sums of the flows fit 64 bits.
  init(_ flows: [NettingEntry]) {
    let banks = Set(flows.flatMap { [$0.payer, $0.payee] }).sorted()
    self.banks = banks
    net = Array(repeating: 0, count: banks.count)
    payments = Array(repeating: 0, count: banks.count)
    component = Array(banks.indices)
    let places = Dictionary(uniqueKeysWithValues: banks.enumerated().map { ($1, $0) })
    var pairs: [Int: Int64] = [:]
    for flow in flows {
      let (payer, payee) = (places[flow.payer]!, places[flow.payee]!)
      net[payer] += flow.amount
      net[payee] -= flow.amount
      payments[payer] += flow.payments
      if payee != payer { payments[payee] += flow.payments }
      let pair = min(payer, payee) * banks.count + max(payer, payee)
      pairs[pair, default: 0] += payer < payee ? flow.amount : -flow.amount
    }
    for (pair, amount) in pairs.sorted(by: { $0.key < $1.key }) where amount != 0 {
      join(pair / banks.count, pair % banks.count)
    }
  }

  private mutating func join(_ first: Int, _ second: Int) {
    let (one, other) = (root(first), root(second))
    component[max(one, other)] = min(one, other)
  }

  private func root(_ bank: Int) -> Int {
    var bank = bank
    while component[bank] != bank { bank = component[bank] }
    return bank
  }

  /// Every bank's position against `hub`, ascending by bank.
  func transfers(against hub: BankID) -> [Transfer] {
    banks.indices.compactMap { index in
      guard banks[index] != hub, net[index] != 0 else { return nil }
      let pays = net[index] > 0
      return Transfer(
        payer: pays ? banks[index] : hub, payee: pays ? hub : banks[index],
        amount: abs(net[index]), payments: payments[index])
    }
  }

  /// Debtors pay creditors, both ascending, within the banks that owe each other anything: fewer
  /// transfers than banks, and no more than pairs that are not even.
  func directTransfers() -> [Transfer] {
    var transfers: [Transfer] = []
    let roots = banks.indices.map(root)
    for component in banks.indices where roots[component] == component {
      var owed = net
      let members = banks.indices.filter { roots[$0] == component }
      var debtors = members.filter { net[$0] > 0 }[...]
      var creditors = members.filter { net[$0] < 0 }[...]
      while let debtor = debtors.first, let creditor = creditors.first {
        let amount = min(owed[debtor], -owed[creditor])
        owed[debtor] -= amount
        owed[creditor] += amount
        transfers.append(
          Transfer(
            payer: banks[debtor], payee: banks[creditor], amount: amount,
            payments: min(payments[debtor], payments[creditor])))
        if owed[debtor] == 0 { debtors.removeFirst() }
        if owed[creditor] == 0 { creditors.removeFirst() }
      }
    }
    return transfers
  }
}
