import Batching
import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// Work for a settlement worker: payments that are to be batched together.
struct SettlementTask: Sendable {
  /// The payments of one merchant.
  struct Part: Sendable {
    var merchant: CellMerchant
    var businessDay: Int32
    var payments: PaymentList
    /// Whether a plan has left them for later before.
    var isRepeated = false
  }
  var parts: [Part]
  /// When the payments were due for batching: the cut-off, or the end of the window.
  var due: VirtualInstant
}

/// Turns the stream of captured payments into settlement tasks: by event-time windows for each
/// merchant and day, or earlier where the strategy releases earlier.
actor StreamProcessor: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let workers: SettlementWorkers
  private let release: Release
  private let lateness: Int64
  private let fees: MerchantFees
  private var days: BusinessDays
  private var windows: [MerchantWindow]
  /// Merchants with one time zone and cut-off.
  private var groups: [CutOffGroup]
  /// Payments since the last release by what is counted together, for a strategy that goes by their
  /// number.
  private var waiting: [WaitingKey: Int] = [:]
  /// Days that ended within a window of the strategy and wait for its end.
  private var closed: [SettlementTask.Part] = []

  init(shared: CellShared, workers: SettlementWorkers) {
    island = shared.island
    self.shared = shared
    self.workers = workers
    release = shared.deployment.strategy.release
    lateness = shared.settings.settlement.allowedLateness.nanoseconds
    fees = MerchantFees(shared)
    days = BusinessDays(shared.deployment, shared.plan)
    groups = CutOffGroup.groups(shared.deployment, shared.plan)
    windows = Array(
      repeating: MerchantWindow(closesAt: 0, businessDay: 0), count: shared.plan.merchants.count)
    for group in groups {
      let window = MerchantWindow(closesAt: group.cutOff, businessDay: group.businessDay)
      for merchant in group.merchants { windows[Int(merchant)] = window }
    }
  }

  func start() {
    for index in groups.indices { Task { await self.closeDays(of: index) } }
    if let cycle = release.cycle { Task { await self.closeWindows(cycle) } }
  }

  /// Payments and refunds that wait for a task.
  var held: Int {
    windows.reduce(0) { $0 + $1.current.count + $1.following.count }
      + closed.reduce(0) { $0 + $1.payments.count }
  }

  /// A payment has been captured.
  func captured(_ payment: PaymentID) {
    island.note("stream processor, payment", Int(payment))
    let merchant = shared.store[payment].merchant
    shared.store[payment].steps.insert(.windowed)
    shared.store[payment].capturedSecond = UInt32(island.now.nanoseconds / 1_000_000_000)
    if !shared.sequences.isEmpty { follow(payment) }
    let second = eventSecond(of: payment)
    if case .atCount(let count, _) = release { return pool(payment, merchant, second, count) }
    if release == .onCapture {
      let day = windows[Int(merchant)].day(of: second)
      shared.tell(payment, .windowed(day: day, closes: nil, .current))
      return emit(merchant, day, PaymentList(payments: [payment]), due: island.now)
    }
    var placement = windows[Int(merchant)].add(payment, second: second)
    if planted(Plant.windowedTwice), payment.rawValue % 41 == 3 {
      placement = windows[Int(merchant)].add(payment, second: second)
    }
    if placement == .late { shared.measurements.lateEvents += 1 }
    tellWindow(payment, merchant, placement)
  }

  private func tellWindow(
    _ payment: PaymentID, _ merchant: CellMerchant, _ placement: MerchantWindow.Placement
  ) {
    let window = windows[Int(merchant)]
    shared.tell(
      payment,
      .windowed(
        day: placement == .next ? window.businessDay + 1 : window.businessDay,
        closes: window.closesAt, placement))
  }

  /// The event is the capture: with the authorisation its time is the payment's, later its own.
  private func eventSecond(of payment: PaymentID) -> Int64 {
    let row = shared.store[payment]
    return Int64(
      row.traits.contains(.delayedCapture) ? row.capturedSecond : row.createdSecond)
  }

  /// Whether the cut-off of the day of a captured payment is still to come, whatever the strategy
  /// has made of the payment by now.
  func isDayOpen(of payment: PaymentID) -> Bool {
    let merchant = shared.plan.merchants[Int(shared.store[payment].merchant)]
    let cutOff = CutOffGroup.cutOff(
      of: merchant, after: eventSecond(of: payment), shared.deployment)
    return island.now.nanoseconds < cutOff * 1_000_000_000
  }

  /// Counts a payment with those that wait for the same bank, and takes them all when they are
  /// enough.
  private func pool(_ payment: PaymentID, _ merchant: CellMerchant, _ second: Int64, _ count: Int) {
    let placement = windows[Int(merchant)].add(payment, second: second)
    if placement == .late { shared.measurements.lateEvents += 1 }
    tellWindow(payment, merchant, placement)
    pool(key(of: merchant), count)
  }

  /// With what a merchant's payments are counted.
  private func key(of merchant: CellMerchant) -> WaitingKey {
    WaitingKey(
      payee: shared.plan.merchants[Int(merchant)].bank,
      lane: release.cycle!.lane(of: paidOut(to: merchant)))
  }

  /// The currency in which a merchant is paid.
  private func paidOut(to merchant: CellMerchant) -> Currency {
    shared.currencies[Int(shared.plan.merchants[Int(merchant)].settlementCurrency)]
  }

  /// Counts what waits for a bank, refunds included, and takes it all when it is enough.
  private func pool(_ key: WaitingKey, _ count: Int) {
    waiting[key, default: 0] += 1
    guard waiting[key]! >= count else { return }
    waiting[key] = 0
    addTask(takeAll { self.key(of: $0) == key }, due: island.now)
  }

  /// A payment, or a part of it, goes back.
  func takenBack(_ payment: PaymentID, amount: Int64) {
    island.note("stream processor, refund of payment", Int(payment))
    let merchant = shared.store[payment].merchant
    checkVoid(payment, amount)
    shared.open += 1
    if !shared.store[payment].traits.contains(.voided) { shared.measurements.refundLines += 1 }
    let line = RefundLine(
      payment: payment, amount: amount, second: UInt32(island.now.nanoseconds / 1_000_000_000))
    if !shared.sequences.isEmpty { follow(line) }
    guard release != .onCapture else {
      let list = PaymentList(refunds: [line])
      return emit(merchant, windows[Int(merchant)].businessDay, list, due: island.now)
    }
    if !planted(Plant.refundNotWindowed) { windows[Int(merchant)].add(line) }
    if case .atCount(let count, _) = release {
      pool(key(of: merchant), count)
    }
  }

  /// All of a payment that goes back before the cut-off of its day is a void; all else is a refund.
  private func checkVoid(_ payment: PaymentID, _ amount: Int64) {
    let row = shared.store[payment]
    let cutOff = days.cutOff(ofEvent: eventSecond(of: payment), merchant: row.merchant)
    let isInTime = island.now.nanoseconds < cutOff * 1_000_000_000
    let isVoid = isInTime && amount == shared.store.capturedAmount(payment)
    if row.traits.contains(.voided) != isVoid {
      island.fail(
        .voidBeforeCutOff,
        "payment \(payment): \(amount) taken back, the cut-off is at \(cutOff) s")
    }
  }

  /// Shows a payment to the strategies that are priced by the order of what comes about.
  private func follow(_ payment: PaymentID) {
    let row = shared.store[payment]
    let amount = shared.store.capturedAmount(payment)
    let obligation = shared.obligation(
      payment, row, amount: amount, second: row.capturedSecond, businessDay: 0)
    follow(obligation, fee: fees.fee(row.merchant, row.currency, on: amount).kept)
  }

  /// Shows a refund or a void to them; a void gives the fee back.
  private func follow(_ line: RefundLine) {
    let row = shared.store[line.payment]
    let obligation = shared.obligation(
      line.payment, row, amount: -line.amount, second: line.second, businessDay: 0)
    let isVoid = row.traits.contains(.voided)
    let kept = isVoid ? fees.fee(row.merchant, row.currency, on: line.amount).kept : 0
    follow(obligation, fee: -kept)
  }

  private func follow(_ obligation: Obligation, fee: Int64) {
    for index in shared.sequences.indices { shared.sequences[index].add(obligation, fee: fee) }
  }

  /// Closes the business days of merchants that share a cut-off, day after day.
  private func closeDays(of index: Int) async {
    while true {
      let cutOff = VirtualInstant(nanoseconds: groups[index].cutOff * 1_000_000_000)
      await island.sleep(until: cutOff + lateness)
      island.note("stream processor, cut-off of group", index)
      if shared.stop != nil { return }
      groups[index].advance(shared.deployment)
      for merchant in groups[index].merchants {
        let (day, payments) = windows[Int(merchant)].close(nextCutOff: groups[index].cutOff)
        if payments.isEmpty { continue }
        if release.cycle != nil {
          closed.append(
            SettlementTask.Part(merchant: merchant, businessDay: day, payments: payments))
        } else {
          emit(merchant, day, payments, due: cutOff)
        }
      }
      if shared.isDrained { return }
    }
  }

  /// Takes what merchants have at the end of each of their windows.
  private func closeWindows(_ cycle: SettlementCycle) async {
    var (end, currencies) = cycle.nextEnd(after: 0, of: shared.currencies)
    while !shared.isDrained {
      await island.sleep(until: VirtualInstant(nanoseconds: end))
      island.note("stream processor, end of a window at second", Int(end / 1_000_000_000))
      if shared.stop != nil { return }
      if cycle.isPerCurrency {
        let lanes = currencies.map(cycle.lane)
        let parts = takeAll { currencies.contains(paidOut(to: $0)) }
        for key in waiting.keys where lanes.contains(key.lane) {  // ordered: each is cleared
          waiting[key] = nil
        }
        addTask(parts, due: VirtualInstant(nanoseconds: end))
      } else {
        waiting = [:]
        addTask(takeAll { _ in true }, due: VirtualInstant(nanoseconds: end))
      }
      (end, currencies) = cycle.nextEnd(after: end, of: shared.currencies)
    }
  }

  /// What merchants have that has not been batched: of days that ended within a window, then of
  /// those that are open.
  private func takeAll(from isTaken: (CellMerchant) -> Bool) -> [SettlementTask.Part] {
    let ended = closed.filter { isTaken($0.merchant) }
    closed.removeAll { isTaken($0.merchant) }
    return ended + take(from: windows.indices.map { CellMerchant($0) }.filter(isTaken))
  }

  /// What merchants have that has not been batched, apart by business day.
  private func take(from merchants: [CellMerchant]) -> [SettlementTask.Part] {
    var parts: [SettlementTask.Part] = []
    for merchant in merchants {
      let place = Int(merchant)
      let day = windows[place].businessDay
      let lists = [(day, windows[place].take()), (day + 1, windows[place].takeFollowing())]
      for (day, payments) in lists where !payments.isEmpty {
        parts.append(
          SettlementTask.Part(merchant: merchant, businessDay: day, payments: payments))
      }
    }
    return parts
  }

  /// Takes back what a plan has left for later, for the end of the next window.
  func putBack(_ parts: [SettlementTask.Part]) {
    shared.toBatch -= parts.reduce(0) { $0 + $1.payments.count }
    closed = parts + closed
  }

  private func addTask(_ parts: [SettlementTask.Part], due: VirtualInstant) {
    guard !parts.isEmpty else { return }
    shared.toBatch += parts.reduce(0) { $0 + $1.payments.count }
    workers.call { $0.add(SettlementTask(parts: parts, due: due)) }
  }

  private func emit(
    _ merchant: CellMerchant, _ day: Int32, _ payments: PaymentList, due: VirtualInstant
  ) {
    let part = SettlementTask.Part(merchant: merchant, businessDay: day, payments: payments)
    shared.toBatch += payments.count
    workers.call { $0.add(SettlementTask(parts: [part], due: due)) }
  }
}

extension CellShared {
  /// What a payment obliges the platform to pay to the merchant's bank.
  func obligation(
    _ payment: PaymentID, _ row: PaymentRow, amount: Int64, second: UInt32, businessDay: Int32
  ) -> Obligation {
    let merchant = plan.merchants[Int(row.merchant)]
    return Obligation(
      payment: payment, merchant: merchant.id,
      route: SettlementRoute(
        payer: platform, payee: merchant.bank, source: currencies[Int(row.currency)],
        destination: currencies[Int(merchant.settlementCurrency)]),
      amount: amount, captured: Int64(second) * 1_000_000_000, businessDay: businessDay,
      deadline: businessDay + 1, latest: .nextDay)
  }
}
