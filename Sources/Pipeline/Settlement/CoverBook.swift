import Batching
import Money
import PaymentModel
import Plants

/// A deal with the FX dealer: so much of one currency for so much of another, minor units, at mid.
struct CoverDeal: Equatable, Sendable {
  /// What is sold.
  var source: CurrencyIndex
  var sold: Int64
  /// What is bought.
  var destination: CurrencyIndex
  var bought: Int64

  /// What is sold, of the run's list of currencies.
  func sold(in currencies: [Currency]) -> MoneyAmount {
    MoneyAmount(minorUnits: sold, currency: currencies[Int(source)])
  }

  /// What is bought, likewise.
  func bought(in currencies: [Currency]) -> MoneyAmount {
    MoneyAmount(minorUnits: bought, currency: currencies[Int(destination)])
  }
}

/// What has been sold to merchants and bought for them since the last deals with the dealer. Pure.
///
/// Without netting every conversion is covered in its own direction and pays its spread; with
/// netting only what is left of each currency is. A deal goes over the cheapest path of quoted
/// pairs, also over a currency that the run does not settle in: the dealer makes its legs at once,
/// so that only what is sold and what is bought moves.
struct CoverBook {
  private let count: Int
  /// Who deals.
  private let bank: BankID
  /// Sold to the treasury less bought from it, by currency; minor units.
  private(set) var positions: [Int64]
  /// What is netted, by source * count + destination, minor units of the source currency; negative
  /// where settlements took more back than they paid.
  private var netted: [Int64]
  /// Turnover by source * count + destination, minor units of the source currency.
  private var turnover: [Int64]
  /// Conversions since the last deals; each may leave half a minor unit.
  private(set) var conversions = 0

  init(currencies: Int, bank: BankID) {
    count = currencies
    self.bank = bank
    positions = Array(repeating: 0, count: currencies)
    netted = Array(repeating: 0, count: currencies * currencies)
    turnover = netted
  }

  var isEmpty: Bool { conversions == 0 }

  /// `amount` of `source` became `converted` of `destination`; both negative when a settlement
  /// takes money back. Without netting it is covered in its own direction.
  mutating func add(
    source: CurrencyIndex, amount: Int64, destination: CurrencyIndex, converted: Int64, nets: Bool
  ) {
    positions[Int(source)] += amount
    positions[Int(destination)] -= converted
    conversions += 1
    if nets {
      netted[place(source, destination)] += amount
    } else if amount >= 0 {
      turnover[place(source, destination)] += amount
    } else {
      turnover[place(destination, source)] -= converted
    }
  }

  private func place(_ source: CurrencyIndex, _ destination: CurrencyIndex) -> Int {
    Int(source) * count + Int(destination)
  }

  /// The deals that cover everything added, and what rounding leaves of each currency then; the
  /// book is empty afterwards.
  mutating func takeDeals(
    _ currencies: [Currency], at rates: FXTable
  ) -> (deals: [CoverDeal], residuals: [Int64]) {
    let deals = grossDeals(currencies, rates) + nettedDeals(currencies, rates)
    var residuals = positions
    for deal in deals {
      residuals[Int(deal.source)] -= deal.sold
      residuals[Int(deal.destination)] += deal.bought
    }
    self = CoverBook(currencies: count, bank: bank)
    return (deals, residuals)
  }

  private func grossDeals(_ currencies: [Currency], _ rates: FXTable) -> [CoverDeal] {
    turnover.enumerated().compactMap { index, amount in
      amount > 0
        ? deal(index / count, amount, index % count, currencies, rates) : nil
    }
  }

  private func nettedDeals(_ currencies: [Currency], _ rates: FXTable) -> [CoverDeal] {
    var owed = CurrencyPositions()
    for (index, amount) in netted.enumerated() where amount != 0 {
      owed.add(amount, of: currencies[index / count], to: currencies[index % count], by: rates)
    }
    return owed.conversions(of: bank, by: rates).map { conversion in
      // Conversions are between currencies that were added.
      deal(
        currencies.firstIndex(of: conversion.source)!, conversion.amount,
        currencies.firstIndex(of: conversion.destination)!, currencies, rates)
    }
  }

  private func deal(
    _ source: Int, _ sold: Int64, _ destination: Int, _ currencies: [Currency], _ rates: FXTable
  ) -> CoverDeal {
    let amount = MoneyAmount(minorUnits: sold, currency: currencies[source])
    return CoverDeal(
      source: CurrencyIndex(source), sold: sold, destination: CurrencyIndex(destination),
      bought: rates.convert(amount, to: currencies[destination]).amount.minorUnits
        / (planted(Plant.dealAtWrongRate) ? 2 : 1))
  }
}

extension DealRecord {
  /// The last deal of a cell.
  init(_ deal: CoverDeal, of shared: CellShared, in world: SettlementWorld) {
    self.init(
      number: UInt32(shared.measurements.deals), bank: shared.platform,
      sold: deal.sold(in: shared.currencies), bought: deal.bought(in: shared.currencies),
      in: world)
  }
}
