import Interbank
import PaymentModel
import VirtualTime

/// Payments between banks that a file records.
///
/// 1. A payment arrives at its time and is taken on as every transfer is.
/// 2. One that may not settle before a later time is held until then.
/// 3. One of a group is held until all of the group have arrived and may settle; then all go out,
///    each by a wire of its own, and the network settles all of these or none.
/// 4. Any other is handed to the run's strategy: under `one_wire_per_payment` it is a wire at once,
///    under a window it goes out with others when that ends, and settles when its batch does.
extension TransferDesk {
  func accept(record index: Int, _ payment: RecordedTransfers.Payment) {
    let banks = deployment.banks
    let day = deployment.day(of: island.now)
    var obligation = Obligation(
      payment: book.nextNumber, merchant: MerchantID(0),
      route: SettlementRoute(
        payer: banks.correspondent(payment.payer), payee: banks.correspondent(payment.payee),
        source: payment.source, destination: payment.destination),
      amount: payment.amount, captured: payment.arrival, businessDay: day, deadline: day,
      latest: payment.priority == .urgent ? .rtgs : .sameDay)
    if let deadline = payment.deadline, payment.priority != .urgent {
      // The latest window that the deadline allows; it may be missed all the same.
      for window in [SettlementWindow.nextDay, .secondDay] {
        var later = obligation
        later.latest = window
        if outlook.due(later) <= deadline { obligation.latest = window }
      }
    }
    obligation.deadline = day + Int32(obligation.latest.valueDays)
    measurements.noteArrival(obligation, record: payment)
    let earliest = payment.earliest ?? 0
    let isHeld = earliest > island.now.nanoseconds || payment.group > 0
    accept(obligation, record: UInt32(index + 1), isHeld: isHeld)
    guard isHeld, book[obligation.payment].state == .waiting else { return }
    if earliest > island.now.nanoseconds {
      heldRecords.add(obligation.payment, at: VirtualInstant(nanoseconds: earliest))
    } else {
      join(obligation, group: payment.group)
    }
  }

  /// The time has come before which a payment may not settle.
  func letGo(_ number: PaymentID) {
    island.note("transfer desk, released record", Int(number))
    guard !isStopped, book[number].state == .waiting else { return }
    let obligation = book[number].obligation
    if isRefused(obligation, isReturn: false) {
      return reverseWaiting(obligation, isNew: false)
    }
    let group = record(of: obligation)?.group ?? 0
    if group > 0 { return join(obligation, group: group) }
    book.letGo(number)
    offer(obligation)
  }

  /// A payment of a group may settle; the last one sends all of them.
  private func join(_ obligation: Obligation, group: UInt32) {
    incompleteGroups[group, default: []].append(obligation.payment)
    let members = incompleteGroups[group]!
    guard members.count == deployment.recorded!.size(ofGroup: group) else { return }
    incompleteGroups[group] = nil
    for number in members { book.letGo(number) }
    releaseSingly(members.map { book.take($0) }, group: group)
  }

  /// Keeps the wire that carries a transfer and no other, if the schedule names that.
  func noteNamed(_ obligation: Obligation, by wire: WireID) {
    guard let named = deployment.recorded?.named, !named.isEmpty else { return }
    let place = Int(book[obligation.payment].record) - 1
    if named.contains(place) { book.namedWires[place] = wire }
  }

  /// The recorded payment that a transfer is; nil: it was drawn, or gives money back.
  func record(of obligation: Obligation) -> RecordedTransfers.Payment? {
    guard let recorded = deployment.recorded else { return nil }
    let number = book[obligation.payment].record
    return number > 0 ? recorded[Int(number) - 1] : nil
  }

  /// When a transfer should be settled at the latest.
  func due(_ obligation: Obligation) -> Int64 {
    deployment.due(obligation, record(of: obligation))
  }

  /// Whether any rule could have settled a transfer by when it was due.
  func canMeetDeadline(_ obligation: Obligation) -> Bool {
    outlook.canMeetDeadline(obligation, by: due(obligation))
  }

  /// How urgent a transfer is.
  func priority(of obligation: Obligation) -> PaymentPriority {
    deployment.priority(of: obligation, record(of: obligation))
  }
}
