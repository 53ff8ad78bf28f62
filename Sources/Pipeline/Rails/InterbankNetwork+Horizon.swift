import Interbank
import PaymentModel
import VirtualTime

/// The end of settlement at the scenario's horizon.
///
/// From then on banks execute nothing more: whatever waits, on a rail or in a queue, or still
/// arrives, is outstanding. What has been executed is reported as ever.
extension InterbankNetwork {
  /// Ends settlement at `instant`, which no event has passed, for good.
  func stop(at instant: VirtualInstant) {
    isStopped = true
    for currency in systems.indices {
      carryOut(systems[currency].system.stop(at: instant.nanoseconds), in: currency)
      systems[currency].check.compare(systems[currency].system)
      verify(currency)
      systems[currency].isOpen = false
      for (handle, remaining) in systems[currency].system.waiting {
        guard var instruction = inFlight.remove(handle) else { continue }
        instruction.keep(remaining: remaining)
        noteOutstanding(instruction)
      }
    }
  }

  /// Notes an instruction that comes to its turn after the horizon.
  func noteOutstanding(_ instruction: Instruction) {
    guard !isWithdrawn(instruction) else { return }
    outstanding.append(instruction)
  }

  /// What has settled of a wire that has not been executed whole, minor units.
  func part(ofWire wire: UInt32) -> Int64 { settledParts[wire] ?? 0 }

  /// What a bank has on its account, with what has been settled and is yet to be paid into it or
  /// out of it; minor units.
  func funds(_ bank: BankID, _ currency: UInt8) -> Int64 {
    let system = systems[Int(currency)].system
    return system.balance(Int(bank.rawValue)) + system.position(Int(bank.rawValue))
  }
}
