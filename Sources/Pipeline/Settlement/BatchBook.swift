import PaymentModel
import Plants
import VirtualTime

/// A batch: payments that are paid out together, by an instruction of their own or by that of the
/// net position they are part of; or, without payments, such a position or a side of a deal.
struct Batch: Sendable {
  /// Whether the bank has executed the instruction.
  enum State: UInt8, Sendable { case instructed, confirmed }
  /// What moves with it.
  enum Kind: UInt8, Sendable {
    /// Payments and refunds.
    case payments
    /// A net position that batches are settled with.
    case position
    /// A side of a deal of the platform's own.
    case deal
  }
  /// What moves with it.
  var kind = Kind.payments
  /// Merchant within the cell; nil for a batch of several.
  var merchant: CellMerchant?
  /// Currency of the payout, a position in the run's list.
  var currency: CurrencyIndex
  /// Whether the bank has executed the instruction.
  var state: State
  /// What goes to the merchants' bank, minor units; negative when money is collected.
  var amount: Int64
  /// Number of payments in it.
  var payments: Int32
  /// Number of refunds in it.
  var refunds: Int32
  /// Whether the bank's statement has been seen to carry it.
  var stated: Bool
  /// When its payments were due for batching: the cut-off, or the end of the window.
  var due: VirtualInstant
  /// When the instruction went out.
  var instructed: VirtualInstant
  /// When the bank executed it; `instructed` until then.
  var confirmed: VirtualInstant
}

/// What one merchant is paid by a batch.
struct MerchantShare: Sendable, Equatable {
  /// Position among the merchants of the cell.
  var merchant: CellMerchant
  /// Minor units of the batch's currency; negative when money is collected.
  var amount: Int64
}

/// The batches of a cell, by number from 1. A batch is confirmed once and stated once.
struct BatchBook {
  private(set) var batches: [Batch] = []
  /// What each of several merchants is paid by a batch that is not confirmed, by number.
  private var shares: [BatchID: [MerchantShare]] = [:]
  /// Batches that are not both confirmed and stated.
  private(set) var unfinished = 0
  /// What is settled by the instruction of a net position, by number of the position.
  private var carried: [BatchID: [BatchID]] = [:]
  /// Net positions whose instructions a batch waits for, by number of the batch.
  private var waitsFor: [BatchID: Int] = [:]

  /// The net positions that batches are part of, by number of the batch, for good.
  private var carriers: [BatchID: [BatchID]] = [:]
  /// Batches for which no money has to move.
  private var withoutWire: Set<BatchID> = []

  /// Adds a batch; `shares` are those of its merchants, if they are several.
  mutating func add(_ batch: Batch, shares: [MerchantShare] = []) -> BatchID {
    batches.append(batch)
    unfinished += 1
    if !shares.isEmpty { self.shares[BatchID(batches.count)] = shares }
    return BatchID(batches.count)
  }

  /// What the merchants of a batch get by it: gives the list away, once.
  mutating func takeShares(of number: BatchID) -> [MerchantShare] {
    let batch = self[number]
    if let merchant = batch.merchant {
      return [MerchantShare(merchant: merchant, amount: batch.amount)]
    }
    if planted(Plant.shareOfAnother), var list = shares.removeValue(forKey: number) {
      list[0].merchant = list[list.count - 1].merchant
      return list
    }
    return shares.removeValue(forKey: number) ?? []
  }

  /// The batches are settled when the instruction of `position` is, and those of all other
  /// positions that they are part of.
  mutating func carry(_ batches: [BatchID], by position: BatchID) {
    carried[position] = batches
    for batch in batches {
      waitsFor[batch, default: 0] += 1
      carriers[batch, default: []].append(position)
    }
  }

  /// The instruction of a position was executed: the batches that are settled with it.
  mutating func arrived(with position: BatchID) -> [BatchID] {
    guard let batches = carried.removeValue(forKey: position) else { return [] }
    return batches.filter { batch in
      waitsFor[batch]! -= 1
      return waitsFor[batch] == 0
    }
  }

  /// A batch pays out nothing, or nets to nothing: no statement will tell of it.
  mutating func settleWithoutWire(_ number: BatchID) { withoutWire.insert(number) }

  /// Whether statements tell of all that the batch is settled by, where `isStated` says of which
  /// numbers they do.
  func isStated(_ number: BatchID, by isStated: (BatchID) -> Bool) -> Bool {
    if withoutWire.contains(number) { return true }
    return (carriers[number] ?? [number]).allSatisfy(isStated)
  }

  /// Whether the batch is settled with a net position, and not by an instruction of its own.
  func isCarried(_ number: BatchID) -> Bool { waitsFor[number] != nil }

  subscript(_ number: BatchID) -> Batch { batches[Int(number) - 1] }

  func contains(_ number: BatchID) -> Bool { number > 0 && Int(number) <= batches.count }

  /// The bank has executed the batch's instruction; false when it was confirmed before.
  mutating func confirm(_ number: BatchID, at instant: VirtualInstant) -> Bool {
    let index = Int(number) - 1
    guard batches[index].state == .instructed else { return false }
    batches[index].state = .confirmed
    batches[index].confirmed = instant
    return true
  }

  /// The bank's statement carries the batch; false when it did before.
  mutating func state(_ number: BatchID) -> Bool {
    let index = Int(number) - 1
    guard !batches[index].stated else { return false }
    batches[index].stated = true
    unfinished -= 1
    return true
  }
}
