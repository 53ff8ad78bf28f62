import Text

/// The files of what banks did and of how their payments were planned.
extension StandardFiles {
  /// `plans.csv`: one row per plan of the optimiser; amounts in major units.
  static func plans(_ rows: [PayerPlanRow]) -> String {
    let header = [
      "time_s", "payer", "payments", "deferred", "wires", "method", "currency", "cost",
      "greedy_cost", "lp_bound", "gap", "linear_programs", "nodes", "hash", "fallback",
    ]
    return CSV.encode(
      [header]
        + rows.map { row in
          func amount(_ millionths: Int128) -> String {
            fixedPoint(millionths, decimals: row.decimals + 6)
          }
          return [
            seconds(Int128(row.time)), row.payer, String(row.payments), String(row.deferred),
            String(row.wires), row.method, row.currency, amount(Int128(row.cost)),
            amount(Int128(row.greedyCost)),
            row.bound.map { amount(Int128(($0 * 1e6).rounded())) } ?? "",
            row.gap.map { "\($0)" } ?? "", String(row.linearPrograms), String(row.nodes),
            hexadecimal(row.hash), row.fallback ?? "",
          ]
        })
  }

  /// `banks.csv`: the monitoring tools of the Basel Committee (BCBS 248), a row for each bank and
  /// currency; amounts in major units.
  static func banks(_ rows: [BankRow]) -> String {
    let header = [
      "bank", "currency", "days", "usage_largest", "usage_second", "usage_third", "usage_average",
      "available_least", "available_second", "available_third", "available_average",
      "sent_largest_day", "sent_average", "received_largest_day", "received_average",
      "timed_payments", "timed_met", "timed_value", "timed_met_value", "correspondent_value",
      "peak_credit", "peak_unsecured_credit",
    ]
    return CSV.encode(
      [header]
        + rows.map { row in
          func amount(_ minorUnits: Int64?) -> String {
            minorUnits.map { fixedPoint(Int128($0), decimals: row.decimals) } ?? ""
          }
          func three(_ days: [Int64]) -> [String] {
            (0..<3).map { amount($0 < days.count ? days[$0] : nil) }
          }
          return [row.bank, row.currency, String(row.days)]
            + three(row.usages) + [amount(row.averageUsage)]
            + three(row.available) + [amount(row.averageAvailable)]
            + [row.largestSent, row.averageSent, row.largestReceived, row.averageReceived].map(
              amount)
            + [String(row.timed), String(row.timedMet)]
            + [
              row.timedValue, row.timedMetValue, row.correspondentValue, row.peakCredit,
              row.peakUnsecuredCredit,
            ].map(amount)
        })
  }
}
