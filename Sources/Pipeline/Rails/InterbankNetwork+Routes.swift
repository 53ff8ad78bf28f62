import Plants
import Rails
import Money
import PaymentModel
import Scenario
import VirtualTime

/// Which rail an instruction takes, and which one after that.
extension InterbankNetwork {
  /// The rail an instruction takes, a position in `rails`.
  func rail(for instruction: Instruction) -> Int {
    let currency = instruction.currency
    let settings = deployment.settings.settlement
    // What settles together does so on the settlement systems themselves.
    guard let chooser = choosers[Int(currency)], instruction.group == 0,
      settings.railChoice != .first || chooser.schedules[0].settings.maximumAmount != nil
    else { return rails.firstIndex { $0.currency == currency }! }
    // An amount beyond every limit goes over the settlement system itself.
    return choose(chooser, request(instruction), for: instruction)
      ?? rails.firstIndex { $0.currency == currency }!
  }

  /// The counterparty cannot be reached over the instruction's rail: it goes over the next one by
  /// the scenario's choice that takes it, has not been tried, and works on it before its first
  /// rail's next window. If there is none it waits for that window, where everything begins anew.
  func reroute(_ instruction: Instruction) {
    island.note("interbank network, rerouted instruction", Int(instruction.number))
    var again = instruction
    again.retries = 0
    again.tried.append(instruction.rail)
    if planted(Plant.triedForgotten) { again.tried = [UInt8(rails.count - 1)] }
    guard let other = alternative(to: again) else {
      again.rail = again.tried[0]
      return wait(again, until: endOfWindow(of: Int(again.rail)))
    }
    measurements.rerouted += 1
    measurements.rails[Int(instruction.rail)].rerouted += 1
    again.rail = UInt8(other)
    tap?.hear(.rerouted(again, from: instruction.rail))
    enqueue(again, notBefore: island.now)
  }

  /// When an instruction may be executed at the earliest: now, or at the opening of its window's
  /// business day.
  func earliest(_ instruction: Instruction) -> VirtualInstant {
    guard instruction.window.valueDays > 0 else { return island.now }
    let hours = systems[Int(instruction.currency)].hours
    let today = hours.next(at: second(island.now)).day
    let day = hours.calendar.roll(today, businessDays: instruction.window.valueDays)
    return max(island.now, instant(hours.hours(of: day).open))
  }

  /// UTC second after which a rail's next window begins: the close of the business day in hand;
  /// now, while it is closed.
  private func endOfWindow(of rail: Int) -> Int64 {
    let now = second(island.now)
    return rails[rail].isOpen(at: now) ? rails[rail].hours.next(at: now).close : now
  }

  private func alternative(to instruction: Instruction) -> Int? {
    guard let chooser = choosers[Int(instruction.currency)], instruction.group == 0 else {
      return nil
    }
    let first = Int(instruction.tried[0])
    let candidates = candidates(for: instruction)
    var request = request(instruction)
    request.second = second(island.now)
    request.excluded = candidates.indices.filter {
      instruction.tried.contains(UInt8(candidates[$0]))
    }
    request.processedBefore =
      rails[first].schedule.times(at: endOfWindow(of: first), from: request.sender).processed
    return choose(chooser, request, for: instruction)
  }

  /// Rails of the instruction's currency, in the order of a chooser's schedules.
  private func candidates(for instruction: Instruction) -> [Int] {
    rails.indices.filter { rails[$0].currency == instruction.currency }
  }

  private func choose(
    _ chooser: RailChooser, _ request: RailChooser.Request, for instruction: Instruction
  ) -> Int? {
    let candidates = candidates(for: instruction)
    let now = second(island.now)
    let sent = candidates.map { rails[$0].sent(by: instruction.payer, at: now) }
    return chooser.choose(request, itemsSoFar: sent).map { candidates[$0.rail] }
  }

  private func request(_ instruction: Instruction) -> RailChooser.Request {
    RailChooser.Request(
      amount: MoneyAmount(
        minorUnits: instruction.amount,
        currency: deployment.currencies[Int(instruction.currency)]),
      second: second(earliest(instruction)),
      deadline: instruction.deadline.map { second(VirtualInstant(nanoseconds: $0)) },
      sender: sender(of: instruction))
  }
}
