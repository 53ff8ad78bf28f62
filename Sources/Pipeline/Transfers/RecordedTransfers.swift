import Interbank
import Money
import PaymentModel

/// Payments between banks as a file records them, in order of arrival: an array for each column, so
/// that a million of them take few bytes each. What no row of the file has takes none.
public struct RecordedTransfers: Sendable {
  /// Stands for "none" in columns of instants.
  public static let never = Int64.max
  /// When each arrives, nanoseconds since the start of the run.
  public private(set) var arrivals: [Int64] = []
  /// What is owed, minor units of the source currency.
  public private(set) var amounts: [Int64] = []
  /// Positions among `BankSettings.transferBanks`.
  public private(set) var payers: [UInt16] = []
  /// See `payers`.
  public private(set) var payees: [UInt16] = []
  /// The currency that is owed.
  public private(set) var sources: [Currency] = []
  /// The currency that is paid out; empty where all are paid out as they are owed.
  public private(set) var destinations: [Currency] = []
  /// How urgent each is; empty where all are normal.
  public private(set) var priorities: [PaymentPriority] = []
  /// When each should be settled at the latest, `never` for the default; empty where all have that.
  public private(set) var deadlines: [Int64] = []
  /// When each may be settled at the earliest; empty where none is held.
  public private(set) var earliest: [Int64] = []
  /// Which settle all or none: numbers from 1, 0 for those that stand alone; empty where all do.
  public private(set) var groups: [UInt32] = []
  /// How many payments each group has, by number less one.
  public private(set) var groupSizes: [UInt32] = []
  /// Positions of the payments that entries of the schedule name, by position of the entry.
  public var scheduled: [Int: Int] = [:] {
    didSet { named = Set(scheduled.map(\.value)) }  // ordered: a set has no order
  }
  /// Positions of all payments that the schedule names.
  private(set) var named: Set<Int> = []

  /// One of them.
  public struct Payment: Sendable {
    /// See `RecordedTransfers.arrivals`.
    public var arrival: Int64
    /// See `RecordedTransfers.amounts`.
    public var amount: Int64
    /// See `RecordedTransfers.payers`.
    public var payer: Int
    /// See `RecordedTransfers.payees`.
    public var payee: Int
    /// See `RecordedTransfers.sources`.
    public var source: Currency
    /// See `RecordedTransfers.destinations`.
    public var destination: Currency
    /// See `RecordedTransfers.priorities`.
    public var priority: PaymentPriority = .normal
    /// Nil for the default.
    public var deadline: Int64?
    /// Nil: at once.
    public var earliest: Int64?
    /// 0: it stands alone.
    public var group: UInt32 = 0

    /// A payment of normal priority.
    public init(
      arrival: Int64, amount: Int64, payer: Int, payee: Int, source: Currency,
      destination: Currency
    ) {
      self.arrival = arrival
      self.amount = amount
      self.payer = payer
      self.payee = payee
      self.source = source
      self.destination = destination
    }
  }

  /// None so far.
  public init() {}

  /// How many there are.
  public var count: Int { arrivals.count }

  /// The payment at a position.
  public subscript(_ index: Int) -> Payment {
    var payment = Payment(
      arrival: arrivals[index], amount: amounts[index], payer: Int(payers[index]),
      payee: Int(payees[index]), source: sources[index],
      destination: destinations.isEmpty ? sources[index] : destinations[index])
    if !priorities.isEmpty { payment.priority = priorities[index] }
    if !deadlines.isEmpty, deadlines[index] != Self.never { payment.deadline = deadlines[index] }
    if !earliest.isEmpty, earliest[index] != Self.never { payment.earliest = earliest[index] }
    if !groups.isEmpty { payment.group = groups[index] }
    return payment
  }

  /// How many payments a group has.
  func size(ofGroup group: UInt32) -> Int { Int(groupSizes[Int(group) - 1]) }

  /// Adds a payment. Amortised O(1), and O(count) where it is the first that has something.
  /// - Precondition: groups are numbered in the order of their first payments.
  public mutating func append(_ payment: Payment) {
    if !destinations.isEmpty || payment.destination != payment.source {
      if destinations.isEmpty { destinations = sources }
      destinations.append(payment.destination)
    }
    let before = count
    Self.fill(&priorities, payment.priority, unless: .normal, before)
    Self.fill(&deadlines, payment.deadline ?? Self.never, unless: Self.never, before)
    Self.fill(&earliest, payment.earliest ?? Self.never, unless: Self.never, before)
    Self.fill(&groups, payment.group, unless: 0, before)
    if payment.group > 0 {
      precondition(Int(payment.group) <= groupSizes.count + 1, "groups are numbered in order")
      if Int(payment.group) > groupSizes.count { groupSizes.append(0) }
      groupSizes[Int(payment.group) - 1] += 1
    }
    arrivals.append(payment.arrival)
    amounts.append(payment.amount)
    payers.append(UInt16(payment.payer))
    payees.append(UInt16(payment.payee))
    sources.append(payment.source)
  }

  /// Adds a value to a column that stays empty as long as all its values are the usual one.
  private static func fill<Value: Equatable>(
    _ column: inout [Value], _ value: Value, unless usual: Value, _ before: Int
  ) {
    if column.isEmpty {
      if value == usual { return }
      column = Array(repeating: usual, count: before)
    }
    column.append(value)
  }

  /// The same payments in another order, which says where each stands now.
  public func reordered(_ order: [Int]) -> RecordedTransfers {
    var numbers = [UInt32](repeating: 0, count: groupSizes.count)
    var last: UInt32 = 0
    var result = RecordedTransfers()
    for index in order {
      var payment = self[index]
      if payment.group > 0 {
        let place = Int(payment.group) - 1
        if numbers[place] == 0 {
          last += 1
          numbers[place] = last
        }
        payment.group = numbers[place]
      }
      result.append(payment)
    }
    return result
  }

  /// Gives back the memory that growing columns have set aside for more.
  public mutating func fit() {
    func fit<Value>(_ column: inout [Value]) {
      column = column.withUnsafeBufferPointer { Array($0) }
    }
    fit(&arrivals)
    fit(&amounts)
    fit(&payers)
    fit(&payees)
    fit(&sources)
    fit(&destinations)
    fit(&priorities)
    fit(&deadlines)
    fit(&earliest)
    fit(&groups)
  }

  /// The currencies that are owed and paid out, in the order of their first payments.
  public var currencies: [Currency] {
    var seen: [Currency] = []
    for list in [sources, destinations] {
      for currency in list where seen.last != currency && !seen.contains(currency) {
        seen.append(currency)
      }
    }
    return seen
  }
}

/// What holds of a transfer whether or not it is recorded.
extension Deployment {
  /// When a transfer should be settled at the latest: at the time that is recorded, else at the end
  /// of its latest window.
  func due(_ obligation: Obligation, _ record: RecordedTransfers.Payment?) -> Int64 {
    record?.deadline ?? world.outlook!.due(obligation)
  }

  /// How urgent a transfer is.
  func priority(
    of obligation: Obligation, _ record: RecordedTransfers.Payment?
  ) -> PaymentPriority {
    obligation.isUrgent ? .urgent : record?.priority ?? .normal
  }
}
