import Interbank
import Money
import Pipeline
import Reporting
import Scenario
import Text

/// `resolved.json`: every setting of a run with what it was laid out to be, so that its figures can
/// be computed from its files alone. Amounts are minor units (`_minor`), times nanoseconds since
/// the start of the run (`_ns`), rates trillionths of a US dollar for one unit.
struct ResolvedDocument {
  private let settings: [ResolvedValue]
  private let facts: RunFacts
  private let costs: CostSettings

  init(_ scenario: LoadedScenario, _ facts: RunFacts) {
    settings = scenario.resolved()
    self.facts = facts
    costs = scenario.settings.costs
  }

  var json: CanonicalJSON {
    [
      "settings": .object(
        Dictionary(
          settings.map { ($0.path, Self.parsed($0)) }, uniquingKeysWith: { first, _ in first })),
      "start_utc_second": .int(facts.start),
      "currencies": .array(
        facts.currencies.map {
          ["code": .string($0.code), "decimals": .int($0.minorUnitDigits)]
        }),
      "decimals": .object(
        Dictionary(
          uniqueKeysWithValues: facts.rates[0].trillionths.map {
            ($0.currency.code, .int($0.currency.minorUnitDigits))
          })),
      "rates": .array(facts.rates.map(rates)),
      "spreads": .array(
        facts.spreads.map {
          [
            "first": .string($0.first.code), "second": .string($0.second.code),
            "basis_points": .decimal($0.basisPoints),
          ]
        }),
      "systems": .array(facts.systems.map(system)),
      "rails": .array(facts.rails.map(rail)),
      "acquirers": .array(
        facts.acquirers.map { ["name": .string($0.name), "fee_rate": .decimal($0.feeRate)] }),
      "merchants": .array(
        facts.merchants.map {
          [
            "name": .string($0.name), "bank": .string($0.bank),
            "paid_in": .string($0.paidIn.code), "fee_plan": .string($0.feePlan),
          ]
        }),
      "fees": .array(
        facts.fees.map {
          [
            "plan": .string($0.plan), "currency": .string($0.currency.code),
            "rate": .decimal($0.rate), "fixed_minor": .int($0.fixed),
          ]
        }),
    ]
  }

  private static func parsed(_ value: ResolvedValue) -> CanonicalJSON {
    (try? CanonicalJSON(parsing: value.json, file: "resolved.json")) ?? .string(value.value)
  }

  private func money(_ amount: MoneyAmount) -> CanonicalJSON {
    ["currency": .string(amount.currency.code), "minor": .int(amount.minorUnits)]
  }

  private func rates(_ rates: RunFacts.Rates) -> CanonicalJSON {
    let from = rates.from.map { CanonicalJSON.int(($0 - facts.start) * 1_000_000_000) }
    return [
      "from_ns": from ?? .null,
      "usd_trillionths": .object(
        Dictionary(
          uniqueKeysWithValues: rates.trillionths.map { ($0.currency.code, .int($0.trillionths)) }
        )),
    ]
  }

  private func system(_ system: RunFacts.System) -> CanonicalJSON {
    [
      "currency": .string(system.currency.code),
      "keeps_positions": .boolean(system.keepsPositions),
      "days": .array(
        system.days.map {
          [
            "date": .string("\($0.date)"), "opens_ns": .int($0.opens), "closes_ns": .int($0.closes),
          ]
        }),
      "banks": .array(system.terms.map { bank($0.bank, $0.terms) }),
    ]
  }

  private func bank(_ name: String, _ terms: ParticipantTerms) -> CanonicalJSON {
    [
      "name": .string(name), "served": .boolean(terms.isServed),
      "opening_minor": .int(terms.openingBalance), "overdraft_minor": .int(terms.creditCap),
      "secured_credit_minor": .int(terms.securedCredit),
      "reserved_minor": .int(terms.reservedForUrgent),
      "net_debit_cap_minor": terms.netDebitCap.map { .int($0) } ?? .null,
      "bilateral_limit_minor": terms.bilateralLimit.map { .int($0) } ?? .null,
    ]
  }

  private func rail(_ rail: RailSettings) -> CanonicalJSON {
    [
      "name": .string(rail.name), "currency": .string(rail.currency.code),
      "kind": .string(rail.kind.rawValue), "time_zone": .string(rail.timeZone),
      "wire": money(costs.wire(on: rail)), "prior_items": .int(rail.priorItems),
      "fee_tiers": .array(
        rail.tiers.map { tier in ["from": .int(tier.from), "fee": money(tier.fee)] }),
    ]
  }
}
