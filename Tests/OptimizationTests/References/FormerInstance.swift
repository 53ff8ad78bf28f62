import Foundation
import Testing

@testable import Optimization

/// An instance as the planner before knew it: one payer, gross wires, four windows of which the
/// first two have one value date.
struct FormerInstance: Decodable {
  struct Limits: Decodable { var limits: [Int64?] }
  struct Rail: Decodable {
    var fee: Double
    var operatorFee: Double
    var destinations: [Int]
  }
  struct Quote: Decodable {
    var first: Int
    var second: Int
    var partsPerMillion: Double
  }
  struct Payment: Decodable {
    var source: Int
    var destination: Int
    var counterparty: Int
    var latest: Int
    var value: Int64
  }
  struct Problem: Decodable {
    var payments: [Payment]
    var currencies: Int
    var counterparties: Int
    var quotes: [Quote]
    var liquidity: [Limits]
    var counterpartyLimits: [Limits]
    var rails: [Rail]
    var discountPartsPerMillion: Double
    var discountMinimum: Int
    var carryPartsPerMillion: Double
    var deferralPartsPerMillion: Double
    var deferralFee: Double
    var maximumBatch: Int
    var netsConversions: Bool
  }
  var note: String
  var problem: Problem

  private static let dates = [0, 0, 1, 2]

  /// Bank 0 pays; counterparties follow.
  var rounds: RoundProblem {
    let old = problem
    var limits: [RoundProblem.Limit] = []
    for round in Self.dates.indices {
      for (currency, entry) in old.liquidity.enumerated() {
        if let amount = entry.limits[round] {
          limits.append(
            RoundProblem.Limit(
              bank: 0, currency: currency, direction: .out, first: round, last: round,
              amount: amount))
        }
      }
      for (counterparty, entry) in old.counterpartyLimits.enumerated() {
        if let amount = entry.limits[round] {
          limits.append(
            RoundProblem.Limit(
              bank: counterparty + 1, direction: .in, first: round, last: round, amount: amount))
        }
      }
    }
    return RoundProblem(
      payments: old.payments.map { payment in
        let value = Double(payment.value)
        return RoundProblem.Payment(
          payer: 0, payee: payment.counterparty + 1, source: payment.source,
          destination: payment.destination, value: payment.value,
          costs: Self.dates.enumerated().map { round, days in
            round <= payment.latest
              ? value * old.carryPartsPerMillion / 1e6 * Double(days) : nil
          }, deferral: value * old.deferralPartsPerMillion / 1e6 + old.deferralFee)
      }, banks: old.counterparties + 1, currencies: old.currencies,
      rounds: Self.dates.map { date in
        RoundProblem.Round(
          date: date,
          wires: (0..<old.currencies).map { currency in
            let rail = old.rails.first { $0.destinations.contains(currency) }!
            return RoundProblem.WirePrice(
              single: rail.fee + rail.operatorFee,
              consolidated: rail.fee * (1 - old.discountPartsPerMillion / 1e6) + rail.operatorFee)
          })
      }, ways: [.gross],
      quotes: old.quotes.map {
        RoundProblem.Quote(first: $0.first, second: $0.second, spread: $0.partsPerMillion / 1e6)
      }, netsConversions: old.netsConversions, limits: limits, maximumBatch: old.maximumBatch,
      discountMinimum: old.discountMinimum)
  }
}
