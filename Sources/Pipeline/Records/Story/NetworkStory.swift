import Interbank
import Measurement
import PaymentModel

/// What happens to followed instructions at the banks, and to followed transfers. Confined to the
/// network's island.
final class NetworkStory: @unchecked Sendable, StoryTeller, RecordListener {
  let words: StoryWords
  let watch: StoryWatch
  let rank = Int.max
  let cell = StoryPlace.transfers
  var counts = StoryCounts()
  let referenced: [StoryPlace] = []
  let slowest: [StagedPayment] = []
  private(set) var entries: [StoryKey: [StoryEntry]] = [:]
  private(set) var origins: [Int64: Instruction] = [:]
  /// Whose stories instructions belong to, by number.
  private var instructed: [Int64: [StoryKey]] = [:]
  /// What settlement systems were handed, by their handles.
  private var inSystem: [Int64: Int64] = [:]
  /// Transfers, their batches and wires.
  var transfers: Set<PaymentID> = []
  var carried: [BatchID: [StoryKey]] = [:]

  init(_ scope: RecordScope, _ watch: StoryWatch) {
    words = StoryWords(scope: scope)
    self.watch = watch
    watch.add(self)
  }

  func finish() -> [RecordFile] { [] }

  func tell(_ key: StoryKey, _ entry: StoryEntry) { entries[key, default: []].append(entry) }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .instructed(let instruction): hear(instructed: instruction, at: time)
    case .unreachable(let instruction):
      tell(instruction, .rail, at: time) { name, rail in
        "attempt \(instruction.retries + 1) over \(rail) fails: the counterparty of \(name) "
          + "cannot be reached"
      }
    case .rerouted(let instruction, let former):
      tell(instruction, .rail, at: time) { name, rail in
        "\(name) takes \(rail) instead of \(self.words.scope.rails[Int(former)])"
      }
    case .postponed(let instruction, let second):
      let until = (second - words.scope.deployment.epochSecond) * 1_000_000_000
      tell(instruction, .rail, at: time) { name, rail in
        "\(name) waits for \(rail) until \(self.words.instant(until))"
      }
    case .arrived(let payment, let instruction):
      guard instructed[instruction.number] != nil else { return }
      inSystem[payment.id] = instruction.number
      tell(instruction, .rail, at: time) { name, rail in
        "\(rail) hands \(name) to the settlement system as its payment \(payment.id)"
      }
    case .system(let event, _): hear(event, at: time)
    case .executed(let instruction, let charge):
      tell(instruction, .rail, at: time) { name, rail in
        "\(name) is executed over \(rail), finally"
          + (charge.price.minorUnits == 0
            ? ""
            : "; the bank charges "
              + self.words.money(charge.price.minorUnits, charge.price.currency)
              + (charge.isDiscounted ? " less its discount" : ""))
      }
    default: hearTransfers(event, at: time)
    }
  }

  // MARK: instructions

  private func hear(instructed instruction: Instruction, at time: Int64) {
    counts.instructions = instruction.number
    if watch.focus.instructions.contains(instruction.number) {
      origins[instruction.number] = instruction
    }
    let keys = keys(of: instruction)
    guard !keys.isEmpty else { return }
    instructed[instruction.number] = keys
    let scope = words.scope
    tell(instruction, .instruction, at: time) { name, rail in
      "\(name) for \(RecordScope.reference(of: instruction)): "
        + "\(self.words.money(instruction.amount, instruction.currency)) from "
        + "\(scope.name(instruction.payer)) to \(scope.name(instruction.payee)), window "
        + "\(instruction.window.name), priority \(instruction.priority), over \(rail)"
    }
  }

  private func keys(of instruction: Instruction) -> [StoryKey] {
    var keys: [StoryKey] = []
    if watch.focus.instructions.contains(instruction.number) {
      keys.append(.instruction(instruction.number))
    }
    switch instruction.kind {
    case .transfer:
      keys += wires[instruction.wire] ?? []
    case .payout:
      keys += targets(of: instruction, .payout).map(\.key)
    case .funding:
      keys += targets(of: instruction, .file)
        .filter { $0.currency == instruction.currency }.map(\.key)
    case .scheme:
      keys += targets(of: instruction, .file)
        .filter {
          $0.currency == instruction.currency
            && ($0.issuer == instruction.payer || $0.issuer == instruction.payee)
        }
        .map(\.key)
    case .exchange: break
    }
    return keys
  }

  private func targets(
    of instruction: Instruction, _ kind: StoryWatch.Link.Kind
  ) -> [StoryWatch.Target] {
    watch.targets(
      of: StoryWatch.Link(kind: kind, cell: instruction.cell, reference: instruction.reference))
  }

  private func tell(
    _ instruction: Instruction, _ kind: StoryEntry.Kind, at time: Int64,
    _ text: (_ name: String, _ rail: String) -> String
  ) {
    guard let keys = instructed[instruction.number] else { return }
    let rail = words.scope.rails[Int(instruction.rail)]
    let entry = StoryEntry(
      kind, at: time, words.scope.name(instruction.payer), rail,
      text("instruction \(instruction.number)", rail),
      [
        .init("instruction", "\(instruction.number)"),
        .init("for", RecordScope.reference(of: instruction)), .init("rail", rail),
      ] + words.amount(instruction.amount, instruction.currency))
    for key in keys { tell(key, entry) }
  }

  // MARK: settlement systems

  private func hear(_ event: SettlementEvent, at time: Int64) {
    let (id, text): (Int64, String)
    switch event {
    case .settled(let settlement, _):
      (id, text) = (
        settlement.id,
        "settled by \(settlement.mechanism.name)"
          + (settlement.remaining > 0
            ? ", in part: \(settlement.remaining) minor units remain" : "")
      )
    case .queued(let handle, let reason, _):
      (id, text) = (handle, "queued: \(reason.description)")
    case .released(let handle, _): (id, text) = (handle, "released by its payer")
    case .deferred(let handle, let reason, _):
      (id, text) = (handle, "moved to the next cycle: \(reason.description)")
    case .rejected(let handle, let reason, _):
      (id, text) = (handle, "rejected: \(reason.description)")
    case .returned(let handle, let amount, let reason, _):
      (id, text) = (
        handle, "\(amount) minor units go back to the payer's bank: \(reason.description)"
      )
    case .reprioritised(let handle, let priority, _):
      (id, text) = (handle, "has priority \(priority) now")
    case .resubmitted(let handle, _): (id, text) = (handle, "handed in once more")
    case .positionSettled: return
    }
    guard let number = inSystem[id], let keys = instructed[number] else { return }
    let entry = StoryEntry(
      .rail, at: time, "settlement system", "instruction \(number): \(text)",
      [.init("instruction", "\(number)"), .init("system_payment", "\(id)")])
    for key in keys { tell(key, entry) }
    switch event {
    case .settled(let settlement, _) where settlement.remaining > 0: break
    case .settled, .returned, .rejected: inSystem[id] = nil
    default: break
    }
  }

  /// Whose stories wires of the desk belong to.
  var wires: [WireID: [StoryKey]] = [:]
}
