import Batching
import Money
import PaymentModel
import VirtualTime

/// Currencies that settlements sell and buy, and the deals that cover them.
extension SettlementWorkers {
  /// A settlement sold `amount` of one currency for `converted` of another.
  func sold(
    _ source: CurrencyIndex, _ amount: Int64, _ destination: CurrencyIndex, _ converted: Int64,
    nets: Bool
  ) {
    cover.add(
      source: source, amount: amount, destination: destination, converted: converted, nets: nets)
    guard !isCoverDue else { return }
    isCoverDue = true
    coveredFrom = rates.step
    let interval = shared.settings.fx.dealInterval.nanoseconds
    let next = (island.now.nanoseconds / interval + 1) * interval
    island.schedule(at: VirtualInstant(nanoseconds: next)) { [self] in
      assumeIsolated { $0.coverPositions() }
    }
  }

  /// Deals with the dealer for everything sold and bought since the last time; what rounding leaves
  /// goes to its own account.
  private func coverPositions() {
    island.note("settlement workers, deal", shared.measurements.deals + 1)
    guard shared.stop == nil else { return }
    isCoverDue = false
    world.rates = rates.table(at: island.now)
    let conversions = cover.conversions
    let (deals, residuals) = cover.takeDeals(shared.currencies, at: world.rates)
    check(deals, residuals, conversions: conversions)
    var instructions: [Instruction] = []
    for deal in deals {
      shared.measurements.deals += 1
      island.digest.add(deal, at: island.now.nanoseconds)
      shared.measurements.exchange.add(
        UInt64(deal.sold), from: shared.currencies[Int(deal.source)],
        to: shared.currencies[Int(deal.destination)], step: rates.step)
      shared.tap?.hear(.dealt(DealRecord(deal, of: shared, in: world)))
      for (currency, amount) in [(deal.source, deal.sold), (deal.destination, -deal.bought)]
      where amount != 0 {
        instructions.append(exchange(currency: currency, amount: amount))
      }
    }
    shared.measurements.conversions += conversions
    for (currency, amount) in residuals.enumerated() where amount != 0 {
      ledger.call { $0.bookResidual(currency: CurrencyIndex(currency), amount: amount) }
    }
    send(instructions)
  }

  func send(_ instructions: [Instruction]) {
    for instruction in instructions { checkSent(instruction.batch) }
    if !instructions.isEmpty { instruct(instructions) }
  }

  /// Deals are made at mid, and leave no more than roundings where the rates have not moved.
  private func check(_ deals: [CoverDeal], _ residuals: [Int64], conversions: Int) {
    let currencies = shared.currencies
    for deal in deals {
      if let violation = PayoutCheck.violation(
        of: deal.bought(in: currencies), as: deal.sold(in: currencies),
        by: mid.table(at: island.now))
      {
        island.fail(.dealRate, violation)
      }
    }
    guard rates.step == coveredFrom,
      let violation = PayoutCheck.violation(
        ofResiduals: residuals, roundings: conversions + deals.count, in: currencies,
        by: world.rates)
    else { return }
    island.fail(.dealResiduals, violation)
  }

  /// One side of a deal: money to the dealer, or (negative) from it.
  private func exchange(currency: CurrencyIndex, amount: Int64) -> Instruction {
    let number = addEntry(.deal, currency: currency, amount: amount)
    ledger.call { $0.exchange(currency: currency, amount: amount, batch: number) }
    let dealer = shared.deployment.banks.dealer
    shared.owed.owe(amount, from: shared.platform, to: dealer, in: currency)
    return Instruction(
      kind: .payout, cell: shared.plan.index, reference: number.rawValue,
      payer: amount > 0 ? shared.platform : dealer, payee: amount > 0 ? dealer : shared.platform,
      currency: currency, amount: abs(amount))
  }
}
