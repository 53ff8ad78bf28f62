import Money
import PaymentModel
import Plants

/// How the money of a batch is moved.
public enum Netting: UInt8, Sendable, CaseIterable {
  /// By a wire of its own.
  case gross
  /// By one wire for all batches, in either direction, between the same two banks.
  case bilateral
  /// By one wire for each bank's net position against all others.
  case multilateral
}

/// Obligations that are settled together: a cell of the partition that a plan is.
///
/// One payer, one payee and one currency that is paid out; the currencies owed may differ.
public struct PlannedBatch: Sendable, Equatable {
  /// The merchant, if the batch belongs to one.
  public var merchant: MerchantID?
  /// Who pays, as long as payments outweigh refunds.
  public var payer: BankID
  /// Who is paid.
  public var payee: BankID
  /// The currency that is paid out.
  public var currency: Currency
  /// When it is to settle.
  public var window: SettlementWindow
  /// How its money is moved.
  public var netting: Netting
  /// Whether its conversions offset others of the same payer, cycle and value date; else its
  /// settlement is converted by itself.
  public var netsConversions: Bool
  /// Positions in the pending obligations, ascending.
  public var members: [Int]
  /// Netting cycle: batches net with, and conversions offset, those of the same cycle only.
  public var cycle: Int64
  /// 0 for the first batch of a settlement; 1, 2 ... for those that follow because the settlement
  /// has more payments than a batch may hold. They come directly after it in a plan, and the whole
  /// settlement is converted at once.
  public var part: Int

  /// A batch with all its parts.
  public init(
    merchant: MerchantID? = nil, payer: BankID, payee: BankID, currency: Currency, members: [Int],
    window: SettlementWindow = .rtgs, netting: Netting = .gross,
    netsConversions: Bool = false, cycle: Int64 = 0, part: Int = 0
  ) {
    self.merchant = merchant
    self.payer = payer
    self.payee = payee
    self.currency = currency
    self.window = window
    self.netting = netting
    self.netsConversions = netsConversions
    self.members = members
    self.cycle = cycle
    self.part = part
  }

  /// Whether the batch can be a later part of the settlement that `other` is a part of.
  func belongs(to other: PlannedBatch) -> Bool {
    merchant == other.merchant && payer == other.payer && payee == other.payee
      && currency == other.currency && window == other.window && netting == other.netting
      && netsConversions == other.netsConversions && cycle == other.cycle
  }

  /// The batch of one obligation by itself.
  ///
  /// - Parameters:
  ///   - obligation: what it settles.
  ///   - position: where it is among the pending ones.
  public init(single obligation: Obligation, at position: Int) {
    let route = obligation.route
    self.init(
      merchant: obligation.merchant, payer: route.payer, payee: route.payee,
      currency: route.destination, members: [position])
  }

  /// Appends a settlement like this batch of `members`, in parts if there are more than a batch may
  /// hold.
  func append(
    _ members: ArraySlice<Int>, to batches: inout [PlannedBatch], maximumBatch: Int
  ) {
    var batch = self
    var start = members.startIndex
    while start < members.endIndex {
      let room = planted(Plant.batchOneTooLarge) ? maximumBatch + 1 : maximumBatch
      let end = min(start + room, members.endIndex)
      batch.members = Array(members[start..<end])
      batches.append(batch)
      batch.part += 1
      start = planted(Plant.memberInTwoParts) ? end - (end < members.endIndex ? 1 : 0) : end
    }
  }
}
