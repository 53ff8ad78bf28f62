import Money
import Optimization
import PaymentModel

/// What the optimiser was given for one payer, and the plan that it found: enough to solve it again
/// elsewhere.
public struct PlanInstance: Sendable, Equatable {
  let problem: PlanningProblem
  let plan: Plan
  /// By position in the problem.
  let currencies: [Currency]
  /// By position in the problem.
  let counterparties: [BankID]
  let reportingCurrency: Currency

  /// One line of JSON. Values are minor units of the reporting currency, costs millionths of them,
  /// rates millionths of a value; windows stand in the order rtgs, same_day, next_day, second_day.
  ///
  /// Payments that are alike but for their value are a class, with the values in the order in which
  /// they were given.
  ///
  /// - `plan`: names the plan that it is the part of one payer of.
  /// - `time`: of the plan, nanoseconds since the start of the run.
  public func json(
    plan: String, payer: String, time: Int64, name: (BankID) -> String
  ) -> String {
    let members: [(String, String)] = [
      ("id", quoted(plan)), ("time_ns", "\(time)"), ("payer", quoted(payer)),
      ("reporting_currency", quoted(reportingCurrency.code)),
      ("currencies", list(currencies.map { quoted($0.code) })),
      ("counterparties", list(counterparties.map { quoted(name($0)) })),
      ("quotes", list(problem.quotes.map(quote))),
      ("liquidity", list(problem.liquidity.map(limits))),
      ("counterparty_limits", list(problem.counterpartyLimits.map(limits))),
      ("rails", list(problem.rails.map(rail))),
      ("discount_ppm", "\(problem.discountPartsPerMillion)"),
      ("discount_minimum", "\(problem.discountMinimum)"),
      ("carry_ppm_per_day", "\(problem.carryPartsPerMillion)"),
      ("deferral_ppm", "\(problem.deferralPartsPerMillion)"),
      ("deferral_fee", "\(problem.deferralFee)"),
      ("maximum_batch", "\(problem.maximumBatch)"),
      ("nets_conversions", "\(problem.netsConversions)"),
      ("classes", list(classes)), ("plan", found),
    ]
    return object(members)
  }

  private var classes: [String] {
    struct Key: Hashable {
      let source: Int
      let destination: Int
      let counterparty: Int
      let latest: PlanningWindow
    }
    var places: [Key: Int] = [:]
    var groups: [(key: Key, values: [Int64])] = []
    for payment in problem.payments {
      let key = Key(
        source: payment.source, destination: payment.destination,
        counterparty: payment.counterparty, latest: payment.latest)
      if let place = places[key] {
        groups[place].values.append(payment.value)
      } else {
        places[key] = groups.count
        groups.append((key, [payment.value]))
      }
    }
    return groups.map { key, values in
      object([
        ("source", "\(key.source)"), ("destination", "\(key.destination)"),
        ("counterparty", "\(key.counterparty)"), ("latest", quoted(key.latest.name)),
        ("values", list(values.map { "\($0)" })),
      ])
    }
  }

  private var found: String {
    object([
      ("method", quoted(plan.producer.rawValue)), ("cost", "\(plan.cost.total)"),
      ("conversion_cost", "\(plan.cost.conversion)"), ("wire_cost", "\(plan.cost.wires)"),
      ("discount", "\(plan.cost.discount)"), ("carry_cost", "\(plan.cost.carry)"),
      ("deferral_cost", "\(plan.cost.deferral)"), ("greedy_cost", "\(plan.greedyCost)"),
      ("lower_bound_minor", plan.lowerBound.map { "\($0)" } ?? "null"),
      ("linear_programs", "\(plan.linearPrograms)"), ("deferred", "\(plan.deferred)"),
      ("wires", list(plan.wires.map(wire))),
      ("conversions", list(plan.conversions.map(conversion))),
    ])
  }

  private func quote(_ quote: PlanningQuote) -> String {
    "[\(quote.first),\(quote.second),\(quote.partsPerMillion)]"
  }

  private func limits(_ limits: WindowLimits) -> String {
    list(PlanningWindow.allCases.map { limits[$0].map { "\($0)" } ?? "null" })
  }

  private func rail(_ rail: PlanningRail) -> String {
    object([
      ("fee", "\(rail.fee)"), ("operator_fee", "\(rail.operatorFee)"),
      ("windows", list(rail.windows.map { quoted($0.name) })),
      ("destinations", rail.destinations.map { list($0.map { "\($0)" }) } ?? "null"),
      ("earns_discount", "\(rail.earnsDiscount)"),
    ])
  }

  private func wire(_ wire: Optimization.PlannedWire) -> String {
    object([
      ("destination", "\(wire.destination)"), ("counterparty", "\(wire.counterparty)"),
      ("window", quoted(wire.window.name)), ("rail", "\(wire.rail)"),
      ("payments", "\(wire.payments.count)"), ("value", "\(wire.value)"),
      ("discounted", "\(wire.isDiscounted)"),
    ])
  }

  private func conversion(_ conversion: Optimization.PlannedConversion) -> String {
    object([
      ("days", "\(conversion.days)"), ("from", "\(conversion.from)"), ("to", "\(conversion.to)"),
      ("value", "\(conversion.value)"),
    ])
  }

  private func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }

  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  /// Names are of letters, digits, `-` and `_`.
  private func quoted(_ name: String) -> String { "\"\(name)\"" }
}

extension PlanningWindow {
  /// Name in files.
  fileprivate var name: String {
    switch self {
    case .rtgs: "rtgs"
    case .sameDay: "same_day"
    case .nextDay: "next_day"
    case .secondDay: "second_day"
    }
  }
}
