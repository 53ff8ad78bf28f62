import Money
import PaymentModel
import Rails
import Scenario
import Testing

@testable import Pipeline

@Suite("What rails and their instructions must keep")
struct RailCheckTests {
  private static func instruction(
    _ number: Int64, _ change: (inout Instruction) -> Void = { _ in }
  ) -> Instruction {
    var instruction = Instruction(
      kind: .payout, cell: 0, reference: 7, payer: BankID(1), payee: BankID(2), currency: 0,
      amount: 500, number: number)
    change(&instruction)
    return instruction
  }

  @Test("an instruction is executed once, as it was sent")
  func executed() {
    var log = InstructionLog()
    #expect(log.submitted(Self.instruction(1)) == nil)
    #expect(log.submitted(Self.instruction(2)) == nil)
    #expect(log.executed(Self.instruction(1) { $0.rail = 3 }) == nil)
    #expect(log.executed(Self.instruction(1)) != nil)
    #expect(log.executed(Self.instruction(3)) != nil)
    let changes: [(inout Instruction) -> Void] = [
      { $0.payee = BankID(3) }, { $0.payer = BankID(3) }, { $0.amount += 1 }, { $0.currency = 1 },
      { $0.reference = 8 }, { $0.cell = 1 }, { $0.kind = .funding }, { $0.payments = 1 },
      { $0.window = .nextDay },
    ]
    for change in changes {
      var other = log
      #expect(other.executed(Self.instruction(2, change)) != nil)
    }
    // What a close gave back in part adds up.
    #expect(log.executed(Self.instruction(2) { ($0.amount, $0.settled) = (100, 400) }) == nil)
  }

  @Test("an instruction moves something between two banks, and numbers follow each other")
  func submitted() {
    var log = InstructionLog()
    #expect(log.submitted(Self.instruction(1) { $0.amount = 0 }) != nil)
    #expect(log.submitted(Self.instruction(2) { $0.payee = $0.payer }) != nil)
    #expect(log.submitted(Self.instruction(4)) != nil)
    #expect(log.submitted(Self.instruction(4)) != nil)
  }

  @Test("every instruction has come to an end when nothing is left to happen")
  func unended() {
    var log = InstructionLog()
    for number in Int64(1)...3 { _ = log.submitted(Self.instruction(number)) }
    _ = log.submitted(Self.instruction(4) { ($0.kind, $0.reference) = (.transfer, 9) })
    _ = log.executed(Self.instruction(1))
    let rest = [Self.instruction(2), Self.instruction(3)]
    #expect(log.unended(outstanding: rest, withdrawn: [9]) == nil)
    #expect(log.unended(outstanding: rest, withdrawn: []) != nil)
    #expect(log.unended(outstanding: [rest[0]], withdrawn: [9]) != nil)
    #expect(log.unended(outstanding: rest + [Self.instruction(1)], withdrawn: [9]) != nil)
    let altered = [rest[0], Self.instruction(3) { $0.amount = 499 }]
    #expect(log.unended(outstanding: altered, withdrawn: [9]) != nil)
  }

  private static let delays: [Int64] = [5, 15]

  private static func watch(_ change: (inout RailSettings) -> Void = { _ in }) -> RailWatch {
    var settings = RailSettings.defaults[0]
    change(&settings)
    return RailWatch(
      settings, retryDelays: delays, startingAt: utcSecond("2026-03-02", "00:00", offset: 0))
  }

  @Test("a rail's hours are those by which it works, at every hour of a month")
  func hours() {
    for settings in RailSettings.defaults {
      let start = utcSecond("2026-03-01", "00:00", offset: 0)
      let (watch, hours) = (
        RailWatch(settings, retryDelays: [], startingAt: start), RailHours(settings)
      )
      for second in stride(from: start, to: start + 35 * 86_400, by: 899) {
        #expect(watch.isOpen(at: second) == (hours.next(at: second).begin == second))
      }
    }
    #expect(
      Self.watch { $0.kind = .instant }.isOpen(at: utcSecond("2026-03-01", "12:00", offset: 0)))
  }

  @Test("an attempt keeps hours, limit, number and times of retries")
  func attempts() {
    let open = utcSecond("2026-03-03", "12:00", offset: -5)
    let closed = utcSecond("2026-03-03", "20:00", offset: -5)
    func fault(
      _ watch: RailWatch, _ instruction: Instruction, _ time: Int64 = 0, at second: Int64,
      others: [RailWatch] = []
    ) -> String? {
      var watch = watch
      return watch.attempted(
        instruction, at: time, second, isTaken: others.contains { $0.takes(instruction.amount) })
    }
    let plain = Self.instruction(1)
    #expect(fault(Self.watch(), plain, at: open) == nil)
    #expect(fault(Self.watch(), plain, at: closed) != nil)
    let small = Self.watch { $0.maximumAmount = MoneyAmount(minorUnits: 499, currency: .usd) }
    let exact = Self.watch { $0.maximumAmount = MoneyAmount(minorUnits: 500, currency: .usd) }
    #expect(fault(small, plain, at: open, others: [Self.watch()]) != nil)
    #expect(fault(small, plain, at: open, others: [small]) == nil)
    #expect(fault(exact, plain, at: open, others: [Self.watch()]) == nil)
    #expect(fault(Self.watch(), Self.instruction(1) { $0.retries = 1 }, at: open) != nil)
    var failed = Self.watch()
    failed.failed(plain, at: 50)
    #expect(fault(failed, plain, 55, at: open) != nil)
    #expect(fault(failed, Self.instruction(1) { $0.retries = 1 }, 55, at: open) == nil)
    failed.failed(Self.instruction(1) { $0.retries = 1 }, at: 100)
    let again = Self.instruction(1) { $0.retries = 2 }
    #expect(fault(failed, again, 115, at: open) == nil)
    #expect(fault(failed, again, 114, at: open) != nil)
    #expect(fault(failed, again, 116, at: open) != nil)
    failed.failed(again, at: 115)
    #expect(fault(failed, plain, 200, at: open) != nil)
    #expect(fault(failed, Self.instruction(2), 200, at: open) == nil)
    failed.beginsAnew(plain)
    #expect(fault(failed, plain, 200, at: open) == nil)
  }

  @Test("batches settle at the times of their windows, on open days")
  func windows() {
    let watch = Self.watch {
      $0.kind = .batch
      $0.latency = .constant(.milliseconds(1_500))
      $0.windows = [
        RailSettings.BatchWindow(
          cutOff: TimeOfDay(hour: 10, minute: 0), settles: TimeOfDay(hour: 13, minute: 0))
      ]
    }
    let time = utcSecond("2026-03-03", "13:00", offset: -5) + 2
    #expect(watch.settlesBatch(at: time) == nil)
    #expect(watch.settlesBatch(at: time - 1) != nil && watch.settlesBatch(at: time + 1) != nil)
    #expect(watch.settlesBatch(at: utcSecond("2026-03-07", "13:00", offset: -5) + 2) != nil)
    #expect(Self.watch().settlesBatch(at: time + 1) == nil)
  }

  @Test("the tariff is that of an accountant who goes tier by tier, month by month")
  func tariff() {
    let cents: [Int64] = [100, 60, 10]
    var watch = Self.watch {
      $0.feeTiers = zip([1, 4, 6], cents).map {
        RailSettings.FeeTier(from: $0, fee: MoneyAmount(minorUnits: $1, currency: .usd))
      }
      $0.priorItems = 2
    }
    #expect(watch.tariff() == 0)
    let march = utcSecond("2026-03-03", "12:00", offset: -5)
    for _ in 0..<5 { watch.executed(by: BankID(1), at: march) }
    // The third costs 100, the fourth and fifth 60, the sixth and seventh 10.
    #expect(watch.tariff() == 240)
    watch.executed(by: BankID(2), at: march)
    #expect(watch.tariff() == 340)
    let april = utcSecond("2026-04-01", "12:00", offset: -4)
    for _ in 0..<4 { watch.executed(by: BankID(1), at: april) }
    #expect(watch.tariff() == 340 + 360)
  }
}
