import PaymentModel
import VirtualTime

/// What becomes of transfers whose wires a close gives back, under a settlement mode with
/// `at_close: return`.
///
/// 1. The bank that sent such a wire lacked funds: its batches of the wire's set fail for good, and
///    its customers have their money back.
/// 2. What other wires of the set are not final is arranged anew without these batches; what had
///    become final for them is paid back by a wire of its own.
/// 3. A wire that no failing batch explains is sent again at the next opening, if it is the
///    clearing house's or a transfer still depends on it. Else, as it pays back, it stays owed.
///
/// So that the clearing house never has paid out what a bank then fails to pay in, it pays out
/// under such a mode when all banks of a netting have paid in, and not as money comes.
extension TransferDesk {
  /// Whether payments that wait at a close go back.
  private var givesBack: Bool { deployment.mode.closingRule == .giveBack }

  /// Sends wires; those that the clearing house pays wait for what banks pay in, where a close may
  /// give that back.
  func dispatch(_ instructions: [Instruction]) {
    let house = deployment.banks.clearingHouse
    let now = instructions.filter { !givesBack || $0.payer != house }
    put(now)
    guard now.count < instructions.count else { return }
    var sets: [WireSetID] = []
    for wire in instructions where wire.payer == house {
      let set = book.wires[wire.wire].set
      if heldPayouts[set] == nil { sets.append(set) }
      heldPayouts[set, default: []].append(wire)
    }
    for set in sets { payOut(set) }
  }

  /// Sends what the clearing house pays for a set once nothing else of it is open.
  func payOut(_ set: WireSetID) {
    guard let held = heldPayouts[set] else { return }
    let open = held.filter { book.wires[$0.wire].state == .open }
    let isReady = book.wires.openCount(of: set) == open.count
    heldPayouts[set] = isReady ? nil : open
    if isReady { put(open) }
  }

  /// Puts wires on their way; one that is held and never sent is none.
  private func put(_ wires: [Instruction]) {
    guard !wires.isEmpty else { return }
    measurements.wires += wires.count
    instruct(wires)
  }

  /// Takes the wires that a close has given back, or their banks have taken back; returns those
  /// that are to be sent again.
  func returned(_ instructions: [Instruction], areCancelled: Bool = false) -> [Instruction] {
    var again: [Instruction] = []
    let bySet = Dictionary(grouping: instructions) { book.wires[$0.wire].set }
    for (set, wires) in book.wires.sets(of: instructions.map(\.wire)) {
      let members = bySet[set]!
      let short = Set(members.map(\.payer))
      let failing = book.live(in: set).filter { short.contains(book.batch($0).payer) }
      if failing.isEmpty {
        let house = deployment.banks.clearingHouse
        let isNeeded = !book.live(in: set).isEmpty
        again += members.filter { isNeeded || $0.payer == house }
      } else {
        fail(failing, of: set, members, wires, areCancelled: areCancelled)
      }
    }
    return again
  }

  private func fail(
    _ failing: [BatchID], of set: WireSetID, _ given: [Instruction], _ wires: [WireID],
    areCancelled: Bool
  ) {
    rearranging(set) {
      for wire in given.map(\.wire) where book.wires[wire].state == .open {
        book.wires.withdraw(wire, moved: takeBack(wire))
      }
      for number in failing { if areCancelled { cancel(number) } else { fail(number) } }
      if !book.live(in: set).isEmpty { measurements.rearranged += 1 }
      arrange(set, wires)
    }
  }

  /// Gives the money of a batch that its payer has taken back to the customers of the payer.
  private func cancel(_ number: BatchID) {
    island.note("transfer desk, cancelled batch", Int(number))
    let batch = book.reverse(batch: number, at: island.now.nanoseconds)
    giveBack(batch, number, "cancel", as: "cancelled")
    for member in batch.members {
      let obligation = book[member].obligation
      note(.reversed, obligation)
      measurements.cancel(value: inReporting(obligation), at: island.now.nanoseconds)
    }
  }

  /// Gives the money of a batch that found no funds to the customers of its payer, in the currency
  /// in which it was on its way.
  private func fail(_ number: BatchID) {
    island.note("transfer desk, failed batch", Int(number))
    let batch = book.fail(batch: number, at: island.now.nanoseconds)
    giveBack(batch, number, "fail", as: "failed")
    for member in batch.members {
      let obligation = book[member].obligation
      note(.failed, obligation)
      measurements.fail(
        obligation, value: inReporting(obligation), at: island.now.nanoseconds,
        isMeetable: { canMeetDeadline(obligation) })
    }
  }
}
