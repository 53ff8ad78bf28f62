/// What one bank owes another before anything is batched: what strategies and modes are judged by.
public struct BankObligation: Sendable, Equatable {
  /// Position of the bank that owes.
  public var payer: Int
  /// Position of the bank that is owed.
  public var payee: Int
  /// Position of the currency that the payer gives.
  public var source: Int
  /// What it gives, in minor units of `source`.
  public var given: Int64
  /// Position of the currency that the payee gets.
  public var destination: Int
  /// What it gets, in minor units of `destination`.
  public var received: Int64
  /// The value in minor units of the reporting currency.
  public var value: Int64
  /// When it came about (ns).
  public var arrived: Int64
  /// When the payee's bank had the money (ns); nil if it has not.
  public var settled: Int64?
  /// When it had to be settled at the latest (ns).
  public var due: Int64
  /// Whether it gives back what another brought: it comes about when that settles, so that its
  /// delay says nothing of how soon what customers ordered was paid.
  public var isReturn: Bool

  /// An obligation with all its parts.
  public init(
    payer: Int, payee: Int, source: Int, given: Int64, destination: Int, received: Int64,
    value: Int64, arrived: Int64, settled: Int64?, due: Int64, isReturn: Bool = false
  ) {
    self.isReturn = isReturn
    self.payer = payer
    self.payee = payee
    self.source = source
    self.given = given
    self.destination = destination
    self.received = received
    self.value = value
    self.arrived = arrived
    self.settled = settled
    self.due = due
  }
}

/// The indicators of obligations between banks over a whole run, from their arrival on: the same
/// yardstick for every strategy and mode, as batching changes neither value nor arrival of what is
/// owed. Definitions as in `InterbankIndicators`.
public struct ObligationIndicators: Sendable, Equatable {
  /// What is owed in one currency, in minor units of it.
  public struct InCurrency: Sendable, Equatable {
    /// Sum of what payees get.
    public var gross: Int64 = 0
    /// Sum over pairs of banks of the net amount between them.
    public var bilateralNet: Int64 = 0
    /// Sum over banks of what each owes, net, if it owes.
    public var multilateralNet: Int64 = 0
    /// Liquidity that banks need if everything settles on arrival: the sum of the most that each
    /// has given, net, at any time.
    public var upperBound: Int64 = 0
  }

  /// By position of the currency.
  public private(set) var currencies: [InCurrency]
  /// Obligations.
  public private(set) var count = 0
  /// Those that were settled.
  public private(set) var settledCount = 0
  /// Those that were settled by when they were due.
  public private(set) var inTime = 0
  /// Value times the time from arrival to settlement or to the end, whichever is first, of all but
  /// returns; minor units of the reporting currency x ns.
  public private(set) var delayedValueTime: Int128 = 0
  /// Value times the time from arrival to the end, of the same.
  public private(set) var possibleValueTime: Int128 = 0

  private let end: Int64
  private let banks: Int
  /// By bank and currency, row by row: given less received, the most that this was, and what the
  /// bank owes less what it is owed in the currency that the payee gets.
  private var given: [Int64]
  private var peaks: [Int64]
  private var owed: [Int64]
  /// What the first of two banks owes the second, net, by currency and banks.
  private var pairs: [Int: Int64] = [:]

  /// The indicators of nothing yet.
  ///
  /// - Parameter end: until when a delay counts (ns).
  public init(banks: Int, currencies: Int, end: Int64) {
    self.currencies = Array(repeating: InCurrency(), count: currencies)
    self.end = end
    self.banks = banks
    given = Array(repeating: 0, count: banks * currencies)
    peaks = given
    owed = given
  }

  /// Adds the next obligation, in the order of arrival. O(1); `finish` is needed after the last.
  public mutating func add(_ obligation: BankObligation) {
    count += 1
    if let settled = obligation.settled {
      settledCount += 1
      if settled <= obligation.due { inTime += 1 }
    }
    addNets(obligation)
    guard !obligation.isReturn else { return }
    let until = min(obligation.settled ?? end, end)
    delayedValueTime += Int128(obligation.value) * Int128(max(0, until - obligation.arrived))
    possibleValueTime += Int128(obligation.value) * Int128(max(0, end - obligation.arrived))
  }

  private mutating func addNets(_ obligation: BankObligation) {
    let size = currencies.count
    let (payer, payee) = (obligation.payer, obligation.payee)
    currencies[obligation.destination].gross += obligation.received
    let from = payer * size + obligation.source
    given[from] += obligation.given
    peaks[from] = max(peaks[from], given[from])
    given[payee * size + obligation.destination] -= obligation.received
    owed[payer * size + obligation.destination] += obligation.received
    owed[payee * size + obligation.destination] -= obligation.received
    let pair =
      (min(payer, payee) * banks + max(payer, payee)) * size + obligation.destination
    pairs[pair, default: 0] += payer < payee ? obligation.received : -obligation.received
  }

  /// Sums the nets up. O(banks x currencies + pairs).
  public mutating func finish() {
    let size = currencies.count
    for index in given.indices {
      currencies[index % size].upperBound += peaks[index]
      currencies[index % size].multilateralNet += max(0, owed[index])
    }
    for (pair, net) in pairs {  // ordered: integers are summed
      currencies[pair % size].bilateralNet += abs(net)
    }
  }

  /// Settlement delay rho (Leinonen and Soramäki 1999), 0 (all on arrival) to 1 (nothing before the
  /// end); nil without obligations.
  public var settlementDelay: Double? {
    possibleValueTime == 0 ? nil : Double(delayedValueTime) / Double(possibleValueTime)
  }

  /// Part of the obligations that were settled by when they were due; nil without obligations.
  public var inTimeRatio: Double? { count == 0 ? nil : Double(inTime) / Double(count) }
}
