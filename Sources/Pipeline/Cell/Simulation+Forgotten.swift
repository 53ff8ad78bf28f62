import PaymentModel
import VirtualTime

/// Whether whatever is open is in somebody's hands: what a run that does not come to rest must
/// keep. Money may be missing for ever, but nothing may be forgotten.
extension Simulation {
  /// What is open and waits for nothing, in words; nil: nothing. To be asked when no more requests
  /// come and the world stands still.
  public var forgotten: String? {
    for cell in cells {
      if let found = cell.forgotten { return "cell \(cell.shared.plan.index): \(found)" }
    }
    return network.island.enter {
      let (own, wires) = network.call { Held($0.held) }.parts
      let expected = network.call { $0.underWay }
      guard own == expected else {
        return "\(expected) instructions are under way, rails and systems hold \(own)"
      }
      let onRails = Set(wires)
      return desk.call { desk in
        if let transfer = desk.book.forgotten.first { return "transfer \(transfer) is in no plan" }
        let held = desk.heldPayouts.sorted { $0.key < $1.key }.flatMap(\.value)
        let waiting = Set(held.map(\.wire))
        let lost = desk.book.wires.open.first { !onRails.contains($0) && !waiting.contains($0) }
        return lost.map { "wire \($0) is open and on no rail" }
      }
    }
  }

  private struct Held: Sendable {
    let parts: (own: Int, wires: [WireID])
    init(_ parts: (own: Int, wires: [WireID])) { self.parts = parts }
  }
}

extension InterbankNetwork {
  /// Instructions on rails and with settlement systems: how many are no wires of transfers, and the
  /// numbers of the wires, those included that stay owed.
  var held: (own: Int, wires: [WireID]) {
    var all = inFlight.all + linked.all
    for rail in rails {
      all += rail.waiting.records
      all += rail.batches.sorted { $0.key < $1.key }.flatMap(\.value)
    }
    let own = all.count { $0.kind != .transfer }
    return (own, (all + outstanding).filter { $0.kind == .transfer }.map(\.wire))
  }
}

extension Cell {
  /// What of the cell is open and waits for nothing.
  var forgotten: String? {
    var asked = 0
    var authorized = 0
    var captured = 0
    var open = 0
    for payment in shared.store.payments {
      let state = shared.store[payment].state
      switch state {
      case .accepted, .authorizing, .unknown: asked += 1
      case .authorized: authorized += 1
      case .captured: captured += 1
      default: break
      }
      if state.isOpen { open += 1 }
    }
    let refunds = shared.open - open
    if let overdue { return "a hold's timer was due at \(VirtualInstant(nanoseconds: overdue))" }
    let held = self.held
    for (what, expected, found) in [
      ("payments are to be decided, gateway, bus and workers hold", asked, held.records),
      ("payments are authorised, timers wait for", authorized, held.holds),
      (
        "payments and refunds are to be batched, windows and workers hold", captured + refunds,
        held.obligations
      ),
    ] where expected != found {
      return "\(expected) \(what) \(found)"
    }
    return nil
  }
}
