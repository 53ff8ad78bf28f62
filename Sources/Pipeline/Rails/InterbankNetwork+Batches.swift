import Plants
import Rails
import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

/// Rails that do not hand each instruction to the settlement system by itself: batches, which
/// settle net at fixed times, and those over correspondents.
extension InterbankNetwork {
  /// Puts an instruction on a rail of windows or over correspondents, when it is ready at
  /// `earliest`.
  func enqueueLater(_ instruction: Instruction, notBefore earliest: VirtualInstant) {
    let rail = Int(instruction.rail)
    let times = rails[rail].schedule.times(at: second(earliest), from: sender(of: instruction))
    let settles = instant(times.final).nanoseconds
    if times.processed > second(earliest) { measurements.waitedForOpening += 1 }
    if rails[rail].batches[settles] == nil {
      island.schedule(at: VirtualInstant(nanoseconds: settles)) { [self] in
        assumeIsolated { $0.settleBatch(on: rail, at: settles) }
      }
    }
    rails[rail].batches[settles, default: []].append(instruction)
  }

  /// Customers' wires have the earlier cut-off; the rest are orders of banks.
  func sender(of instruction: Instruction) -> RailSchedule.Sender {
    instruction.isWire ? .customer : .bank
  }

  /// Settles what has gathered for this time: all together, or, where a bank lacks cover, without
  /// the last of its payments, which wait for the rail's next window.
  private func settleBatch(on rail: Int, at time: Int64) {
    island.note("interbank network, window of rail", rail)
    guard var batch = rails[rail].batches.removeValue(forKey: time) else { return }
    batch.removeAll { isWithdrawn($0) }
    guard !isStopped else { return batch.forEach { noteOutstanding($0) } }
    guard !batch.isEmpty else { return }
    checkBatch(on: rail)
    let currency = rails[rail].currency
    guard open(currency, outsideHours: true) else {
      for instruction in batch { deferToNextDay(instruction) }
      return
    }
    while !batch.isEmpty {
      measurements.attempts += batch.count
      let handles = batch.map { inFlight.add($0) }
      let payments = zip(batch, handles).map { payment($0, handle: $1) }
      let result = systems[Int(currency)].system.settleTogether(
        payments, at: island.now.nanoseconds)
      switch result {
      case .success(let events):
        for (payment, instruction) in zip(payments, batch) {
          tap?.hear(.arrived(payment, instruction))
          systems[Int(currency)].check.submit(payment, at: island.now.nanoseconds)
        }
        return carryOut(events, in: currency)
      case .failure(let obstacle):
        for handle in handles { _ = inFlight.remove(handle) }
        let last = batch.lastIndex { Int($0.payer.rawValue) == obstacle.participant }
        deferToNextDay(batch.remove(at: last ?? batch.count - 1))
      }
    }
  }

  /// An instruction as the settlement system sees it.
  func payment(_ instruction: Instruction, handle: Int64) -> InterbankPayment {
    var payee = Int(instruction.payee.rawValue)
    if planted(Plant.wireToWrongBank), instruction.number % 20 == 7 {
      payee = (0..<deployment.banks.count).first {
        $0 != payee && $0 != instruction.payer.rawValue
      }!
    }
    let amount =
      planted(Plant.wirePlusOne) && instruction.number % 20 == 7
      ? instruction.amount + 1 : instruction.amount
    return InterbankPayment(
      id: handle, payer: Int(instruction.payer.rawValue), payee: payee, amount: amount,
      priority: instruction.priority,
      submitted: island.now.nanoseconds, deadline: instruction.deadline)
  }

  /// Settles an instruction of an instant rail by itself, whatever waits in the queue; without
  /// cover it is tried again on the next business day.
  func settleInstantly(_ instruction: Instruction) {
    let currency = rails[Int(instruction.rail)].currency
    guard open(currency, outsideHours: true) else { return deferToNextDay(instruction) }
    let handle = inFlight.add(instruction)
    let payment = payment(instruction, handle: handle)
    let result = systems[Int(currency)].system.settleTogether(
      [payment], at: island.now.nanoseconds)
    switch result {
    case .success(let events):
      tap?.hear(.arrived(payment, instruction))
      systems[Int(currency)].check.submit(payment, at: island.now.nanoseconds)
      carryOut(events, in: currency)
    case .failure:
      _ = inFlight.remove(handle)
      deferToNextDay(instruction)
    }
  }
}
