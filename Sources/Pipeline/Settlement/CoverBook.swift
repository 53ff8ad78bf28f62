import Money

/// A deal with the FX dealer: so much of one currency for so much of another, minor units, at mid.
struct CoverDeal: Equatable, Sendable {
  /// Position in the run's list of what is sold.
  var source: Int
  var sold: Int64
  /// Position in the run's list of what is bought.
  var destination: Int
  var bought: Int64
}

/// What has been sold to merchants and bought for them since the last deals with the dealer. Pure.
///
/// Without netting every conversion is covered in its own direction and pays its spread; with
/// netting only what is left of each currency is, over the cheapest path of quoted pairs.
struct CoverBook {
  private let count: Int
  /// Sold to the treasury less bought from it, by currency; minor units.
  private(set) var positions: [Int64]
  /// The part of `positions` that is netted.
  private var netted: [Int64]
  /// Turnover by source * count + destination, minor units of the source currency.
  private var turnover: [Int64]
  /// Conversions since the last deals; each may leave half a minor unit.
  private(set) var conversions = 0

  init(currencies: Int) {
    count = currencies
    positions = Array(repeating: 0, count: currencies)
    netted = positions
    turnover = Array(repeating: 0, count: currencies * currencies)
  }

  var isEmpty: Bool { conversions == 0 }

  /// `amount` of `source` became `converted` of `destination`; both negative when a settlement
  /// takes money back. Without netting it is covered in its own direction.
  mutating func add(source: Int, amount: Int64, destination: Int, converted: Int64, nets: Bool) {
    positions[source] += amount
    positions[destination] -= converted
    conversions += 1
    if nets {
      netted[source] += amount
      netted[destination] -= converted
    } else if amount >= 0 {
      turnover[source * count + destination] += amount
    } else {
      turnover[destination * count + source] -= converted
    }
  }

  /// The deals that cover everything added, and what rounding leaves of each currency then; the
  /// book is empty afterwards.
  mutating func takeDeals(
    _ currencies: [Currency], at rates: FXTable
  ) -> (deals: [CoverDeal], residuals: [Int64]) {
    let deals = grossDeals(currencies, rates) + nettedDeals(currencies, rates)
    var residuals = positions
    for deal in deals {
      residuals[deal.source] -= deal.sold
      residuals[deal.destination] += deal.bought
    }
    self = CoverBook(currencies: count)
    return (deals, residuals)
  }

  private func grossDeals(_ currencies: [Currency], _ rates: FXTable) -> [CoverDeal] {
    turnover.enumerated().compactMap { index, amount in
      guard amount > 0 else { return nil }
      let (source, destination) = (index / count, index % count)
      let sold = MoneyAmount(minorUnits: amount, currency: currencies[source])
      return CoverDeal(
        source: source, sold: amount, destination: destination,
        bought: rates.convert(sold, to: currencies[destination]).amount.minorUnits)
    }
  }

  private func nettedDeals(_ currencies: [Currency], _ rates: FXTable) -> [CoverDeal] {
    let held = zip(currencies, netted).map { MoneyAmount(minorUnits: $1, currency: $0) }
    do throws(NettingError) {
      return try rates.nettedConversions(of: held, settlingIn: rates.reportingCurrency).conversions
        .map { conversion in
          CoverDeal(
            source: currencies.firstIndex(of: conversion.sold.currency)!,
            sold: conversion.sold.minorUnits,
            destination: currencies.firstIndex(of: conversion.bought.currency)!,
            bought: conversion.bought.minorUnits)
        }
    } catch { preconditionFailure("a checked scenario's positions cannot be covered: \(error)") }
  }
}
