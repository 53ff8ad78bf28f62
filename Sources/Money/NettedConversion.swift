/// One conversion over a quoted pair.
public struct NettedConversion: Equatable, Sendable {
  /// What is sold.
  public var sold: MoneyAmount
  /// What is bought at mid. One of the two is exact, the other rounded half to even.
  public var bought: MoneyAmount
  /// What rounding left over, in billionths of a minor unit of the rounded side: the exact amount
  /// less the rounded one, cut off toward zero.
  public var residualBillionths: Int64
  /// The currency that `residualBillionths` refers to.
  public var residualCurrency: Currency
  /// What the spread takes, in the currency sold, rounded half to even.
  public var spreadCost: MoneyAmount
}

/// Conversions that bring positions in several currencies to zero at the least cost of spreads.
public struct NettedConversions: Equatable, Sendable {
  /// The conversions, in an order in which they can be carried out and booked.
  public var conversions: [NettedConversion] = []
  /// What is left in each currency after them, ascending by code, without zeros, to be booked to a
  /// named account: the whole imbalance in the settlement currency, and elsewhere at most what
  /// roundings left over and what is worth less than half a minor unit of the next currency.
  public var remainders: [MoneyAmount] = []
  /// Sum of the spread costs in the reporting currency of the table, each rounded half to even.
  public var spreadCost: MoneyAmount
}

/// Why positions cannot be netted.
public enum NettingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Two positions in one currency.
  case repeatedCurrency(Currency)
  /// A currency without mid rate.
  case noRate(Currency)
  /// No quoted pairs lead from the first currency to the settlement currency.
  case noPath(Currency, Currency)
  /// A position, or what it converts to, does not fit 64 bits of minor units.
  case overflow(Currency)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .repeatedCurrency(let currency): "expected one position in \(currency), found two"
    case .noRate(let currency): "expected a rate of \(currency), found none"
    case .noPath(let currency, let settlement):
      "expected quotes that lead from \(currency) to \(settlement), found none"
    case .overflow(let currency):
      "expected a position in \(currency) that fits 64 bits of minor units"
    }
  }
}

extension FXTable {
  /// The conversions over quoted pairs that bring each of `positions` to zero at the least total
  /// spread; whatever they do not balance at mid ends up in `settlement`.
  ///
  /// A positive position is held and to be sold, a negative one is owed and to be bought.
  ///
  /// 1. Value the positions in trillionths of a dollar; the settlement currency takes the rest.
  /// 2. Find the flow of least cost over the quoted pairs, which is a linear program without
  ///    capacities (transshipment): successive shortest paths give its optimum.
  /// 3. Cancel cycles, at no cost, until the used pairs are trees.
  /// 4. From the leaves inward, convert each currency's whole position: exact minor units on the
  ///    leaf's side, rounded half to even on the other.
  ///
  /// Optimal up to the roundings of 4, and the same for any order of `positions`. Complexity: about
  /// the number of currencies times that of quoted pairs for each currency with a position.
  ///
  /// - Throws: `NettingError`, before anything is converted.
  public func nettedConversions(
    of positions: [MoneyAmount], settlingIn settlement: Currency
  ) throws(NettingError) -> NettedConversions {
    var result = NettedConversions(spreadCost: .zero(reportingCurrency))
    var network = ConversionNetwork(paths: paths, settlement: settlement)
    var held = [Int64](repeating: 0, count: network.currencies.count)
    var seen: [Currency] = []
    for position in positions.sorted(by: { $0.currency < $1.currency }) {
      let currency = position.currency
      guard seen.last != currency else { throw .repeatedCurrency(currency) }
      seen.append(currency)
      guard position.minorUnits != 0 else { continue }
      guard position.minorUnits != .min else { throw .overflow(currency) }
      guard hasRate(of: currency) else { throw .noRate(currency) }
      guard paths.millionths(from: currency, to: settlement) != nil,
        let index = network.index(of: currency)
      else { throw .noPath(currency, settlement) }
      held[index] = position.minorUnits
      network.add(
        Int128(position.minorUnits) * Int128(trillionths(of: currency))
          / Int128(currency.minorUnitsPerUnit), to: index)
    }
    network.route()
    for (leaf, inner) in network.leavesInward() where held[leaf] != 0 {
      let amount = MoneyAmount(minorUnits: held[leaf], currency: network.currencies[leaf])
      let target = network.currencies[inner]
      guard hasRate(of: target) else { throw .noRate(target) }
      guard let conversion = conversion(of: amount, to: target) else {
        throw .overflow(target)
      }
      guard conversion.amount.minorUnits != 0 else { continue }
      let (sum, overflow) = held[inner].addingReportingOverflow(conversion.amount.minorUnits)
      guard !overflow, sum != .min else { throw .overflow(target) }
      held[inner] = sum
      held[leaf] = 0
      let netted = netted(amount, conversion)
      result.conversions.append(netted)
      result.spreadCost += inReportingCurrency(netted.spreadCost)
    }
    result.remainders = held.indices.filter { held[$0] != 0 }.map {
      MoneyAmount(minorUnits: held[$0], currency: network.currencies[$0])
    }
    return result
  }

  /// A leaf's whole position as a conversion.
  private func netted(_ position: MoneyAmount, _ conversion: Conversion) -> NettedConversion {
    let isSale = position.minorUnits > 0
    let sold = isSale ? position : -conversion.amount
    let bought = isSale ? conversion.amount : -position
    return NettedConversion(
      sold: sold, bought: bought,
      residualBillionths: isSale ? conversion.residualBillionths : -conversion.residualBillionths,
      residualCurrency: conversion.amount.currency,
      spreadCost: spreadCost(of: sold, to: bought.currency))
  }
}
