import PaymentModel

/// Taking back wires of the transfer desk that are not final.
extension InterbankNetwork {
  /// Takes a wire back, wherever it waits: for its rail, in a batch, or in a settlement system's
  /// queue, which may let others go. What has been executed stays so.
  ///
  /// - Returns: what of the wire had become final in parts, minor units.
  func takeBack(_ wire: WireID) -> Int64 {
    island.note("interbank network, withdrawn wire", Int(wire))
    withdrawn.insert(wire)
    tap?.hear(.withdrawn(wire))
    if let (handle, instruction) = inFlight.wire(wire) {
      let currency = instruction.currency
      let payer = Int(instruction.payer.rawValue)
      let time = island.now.nanoseconds
      let events = systems[Int(currency)].system.cancel(handle, payer: payer, at: time)
      carryOut(events, in: currency)
    }
    let moved = part(ofWire: wire)
    island.digest.add(withdrawn: wire, moved: moved, at: island.now.nanoseconds)
    return moved
  }

  /// Hands on what a close has given back.
  ///
  /// The desk lets customers' transfers fail for lack of funds. What a bank owes the dealer, or
  /// pays back, has no customer behind it: it stays owed, and is outstanding from then on. The
  /// platform's payouts and acquirers' money are sent again at the next opening.
  /// - Parameter areCancelled: whether their banks have taken them back, instead of a close.
  func giveBack(areCancelled: Bool = false) {
    let all = returned
    returned = []
    guard !all.isEmpty else { return }
    let wires = all.filter { $0.kind == .transfer }
    let toSend = wires.isEmpty ? [] : backToDesk(wires, areCancelled)
    let again = Set(toSend.map(\.wire))
    for instruction in all {
      switch instruction.kind {
      case .transfer where again.contains(instruction.wire): sendAgain(instruction)
      case .transfer: noteOutstanding(instruction)
      case .exchange:
        underWay -= 1
        noteOutstanding(instruction)
      case .payout, .funding, .scheme: sendAgain(instruction)
      }
    }
  }

  private func sendAgain(_ instruction: Instruction) {
    island.note("interbank network, instruction sent again", Int(instruction.number))
    var again = instruction
    measurements.deferred += 1
    again.tried = []
    for rail in watches.indices { watches[rail].beginsAnew(instruction) }
    enqueue(again, notBefore: island.now)
  }

  /// Whether an instruction has been taken back, so that nothing more is done about it.
  func isWithdrawn(_ instruction: Instruction) -> Bool {
    instruction.kind == .transfer && withdrawn.contains(instruction.wire)
  }

  /// Remembers what has settled of a wire that settles in parts.
  func notePart(_ handle: Int64, _ amount: Int64) {
    guard let instruction = inFlight[handle], instruction.kind == .transfer else { return }
    settledParts[instruction.wire, default: 0] += amount
  }
}
