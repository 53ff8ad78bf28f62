import Text

/// `summary.json`: the whole result as canonical JSON, without clock, host, path or real duration.
///
/// Durations are integers in ns and end in `_ns`; money stands in minor units beside its currency.
public enum SummaryDocument {
  /// The document of `result`.
  public static func json(_ result: RunResult) -> CanonicalJSON {
    var members = always(result)
    members["transfers"] = result.transfers.map(transfers)
    members["planning"] = result.planning.map(planning)
    if !result.infrastructure.isEmpty {
      members["infrastructure"] = .array(result.infrastructure.map(infrastructure))
    }
    members["fx_residual"] = .array(result.residuals.map(amount))
    members["gateway_fees"] = result.gatewayFees.map(amount)
    return .object(members)
  }

  /// What every result has; the others stand there only if there is something.
  private static func always(_ result: RunResult) -> [String: CanonicalJSON] {
    [
      "schema_version": .int(RunIdentity.schemaVersion),
      "identity": identity(result.identity),
      "verdict": .string(result.verdict.rawValue),
      "complete": .boolean(result.isComplete),
      "virtual_time_ns": .int(result.virtualTimeNanoseconds),
      "steps": counts(result.steps),
      "end_states": counts(result.endStates),
      "refusals": counts(result.refusals),
      "latencies": .array(result.latencies.map(latency)),
      "throughput": .array(result.throughput.map(figure)),
      "money": .array(result.money.map(totals)),
      "strategies": .array(result.strategies.map(strategy)),
      "cost_components": .array(
        result.costComponents.map {
          .object(["name": .string($0.name), "amount": amount($0.amount)])
        }),
      "cost_per_payment": result.costPerPayment.map(fineAmount) ?? .null,
      "rails": .array(result.rails.map(rail)),
      "systems": .array(result.systems.map(system)),
      "acquirers": .array(result.acquirers.map(acquirer)),
      "top_merchants": .array(result.topMerchants.map(merchant)),
      "bus": bus(result.bus),
      "ledger": ledger(result.ledger),
      "reconciliation": .array(result.reconciliation.map(reconciliation)),
      "objectives": .array(result.objectives.map(objective)),
      "thresholds": .array(result.thresholds.map(threshold)),
      "invariants": .array(result.invariants.map(invariant)),
      "notes": .array(result.notes.map(CanonicalJSON.string)),
      "metrics": .object(result.metrics.mapValues(CanonicalJSON.decimal)),
    ]
  }

  static func identity(_ identity: RunIdentity) -> CanonicalJSON {
    [
      "scenario": .string(identity.scenarioName),
      "description": .string(identity.scenarioDescription),
      "scenario_sha256": .string(identity.scenarioSHA256),
      "seed": .int(identity.seed),
      "overrides": overrides(identity.overrides),
      "digest": .string(identity.digestHex),
      "arrival_digest": .string(identity.arrivalDigestHex),
      "event_count": .int(identity.eventCount),
      "settlesim_version": .string(identity.settlesimVersion),
      "time_zone_database": .string(identity.timeZoneDatabaseVersion),
    ]
  }

  static func overrides(_ overrides: [SettingOverride]) -> CanonicalJSON {
    .array(overrides.map { ["path": .string($0.path), "value": .string($0.value)] })
  }

  static func amount(_ amount: ReportedAmount) -> CanonicalJSON {
    [
      "currency": .string(amount.currency),
      "minor_units": .int(amount.minorUnits),
      "amount": .fixed(scaled: amount.minorUnits, decimals: amount.decimals),
    ]
  }

  private static func fineAmount(_ amount: FineAmount) -> CanonicalJSON {
    [
      "currency": .string(amount.currency),
      "amount": .fixed(scaled: amount.scaled, decimals: amount.decimals),
    ]
  }

  private static func counts(_ counts: [NamedCount]) -> CanonicalJSON {
    .array(counts.map { ["name": .string($0.name), "count": .int($0.count)] })
  }

  private static func quantity(_ quantity: Quantity) -> CanonicalJSON {
    ["value": .decimal(quantity.value), "unit": .string(quantity.unit.rawValue)]
  }

  private static func figure(_ figure: Figure) -> CanonicalJSON {
    [
      "name": .string(figure.name), "value": .decimal(figure.quantity.value),
      "unit": .string(figure.quantity.unit.rawValue),
    ]
  }

  private static func latency(_ row: LatencyRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "note": .string(row.note), "count": .int(row.count),
      "mean_ns": .int(row.mean), "p50_ns": .int(row.p50), "p95_ns": .int(row.p95),
      "p99_ns": .int(row.p99), "p999_ns": .int(row.p999), "max_ns": .int(row.max),
    ]
  }
}

extension SummaryDocument {
  private static func totals(_ row: CurrencyTotals) -> CanonicalJSON {
    [
      "currency": .string(row.currency), "decimals": .int(row.decimals),
      "authorized_minor_units": .int(row.authorized),
      "captured_minor_units": .int(row.captured), "refunded_minor_units": .int(row.refunded),
      "settled_minor_units": .int(row.settled), "fees_minor_units": .int(row.fees),
    ]
  }

  private static func strategy(_ row: StrategyRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "parameters": .string(row.parameters),
      "chosen": .boolean(row.isChosen), "wires": .int(row.wires),
      "pricing": .string(row.isSimulated ? "simulated" : "shadow"),
      "wire_cost": amount(row.wireCost), "fx_cost": amount(row.fxCost),
      "total_cost": amount(row.totalCost),
      "savings_ratio": row.savingsRatio.map(CanonicalJSON.decimal) ?? .null,
    ]
  }

  private static func infrastructure(_ row: InfrastructureRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "per_month": amount(row.perMonth), "amount": amount(row.amount),
      "per_payment": row.perPayment.map(fineAmount) ?? .null,
    ]
  }

  private static func acquirer(_ row: AcquirerRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "calls": .int(row.calls), "approved": .int(row.approved),
      "declined": .int(row.declined), "unavailable": .int(row.unavailable),
      "late": .int(row.late), "breaker_opens": .int(row.breakerOpens),
      "failovers": .int(row.failovers),
    ]
  }

  private static func merchant(_ row: MerchantRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "payments": .int(row.payments),
      "captured": amount(row.captured), "settled": amount(row.settled),
    ]
  }

  private static func bus(_ bus: BusReport) -> CanonicalJSON {
    [
      "maximum_lag": .int(bus.maximumLag), "alert_lag": .int(bus.alertLag),
      "page_lag": .int(bus.pageLag),
    ]
  }

  private static func ledger(_ ledger: LedgerReport) -> CanonicalJSON {
    [
      "transfers": .int(ledger.transfers), "windows_checked": .int(ledger.windowsChecked),
      "balanced": .boolean(ledger.isBalanced), "clearing_zero": .boolean(ledger.isClearingZero),
    ]
  }

  private static func reconciliation(_ row: ReconciliationRow) -> CanonicalJSON {
    [
      "phase": .string(row.phase), "lines": .int(row.lines), "matched": .int(row.matched),
      "exceptions": .int(row.exceptions),
    ]
  }

  private static func objective(_ row: ObjectiveRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "comparison": .string(row.comparison.rawValue),
      "target": quantity(row.target), "actual": row.actual.map(quantity) ?? .null,
      "met": row.isMet.map(CanonicalJSON.boolean) ?? .null,
    ]
  }

  private static func threshold(_ row: ThresholdRow) -> CanonicalJSON {
    [
      "text": .string(row.text), "expected": quantity(row.expected),
      "actual": quantity(row.actual), "margin": quantity(row.margin),
      "passed": .boolean(row.isPassed),
    ]
  }

  private static func invariant(_ row: InvariantRow) -> CanonicalJSON {
    ["name": .string(row.name), "checks": .int(row.checks), "breaches": .int(row.breaches)]
  }
}
