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
    for instruction in linked.takeAll() { noteOutstanding(instruction) }
    for currency in deployment.currencyIndices {
      carryOut(systems[Int(currency)].system.stop(at: instant.nanoseconds), in: currency)
      systems[Int(currency)].check.compare(systems[Int(currency)].system)
      verify(currency)
      systems[Int(currency)].isOpen = false
      for (handle, remaining) in systems[Int(currency)].system.waiting {
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
  func part(ofWire wire: WireID) -> Int64 { settledParts[wire] ?? 0 }

  /// What a bank has on its account, with what has been settled and is yet to be paid into it or
  /// out of it; minor units.
  func funds(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    let system = systems[Int(currency)].system
    return system.balance(Int(bank.rawValue)) + system.position(Int(bank.rawValue))
  }
}
