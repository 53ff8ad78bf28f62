import Text

/// Rails, systems, transfers and plans as they stand in `summary.json`.
extension SummaryDocument {
  static func rail(_ row: RailRow) -> CanonicalJSON {
    [
      "name": .string(row.name), "currency": .string(row.currency),
      "instructions": .int(row.instructions), "wires": .int(row.wires),
      "discounted_wires": .int(row.discounted), "wire_cost": amount(row.wireCost),
      "discount": amount(row.discount), "operator_fees": amount(row.operatorFees),
      "rerouted": .int(row.rerouted),
    ]
  }

  static func system(_ row: SystemReport) -> CanonicalJSON {
    [
      "currency": .string(row.currency), "decimals": .int(row.decimals),
      "mode": .string(row.mode), "submitted": .int(row.submitted), "settled": .int(row.settled),
      "value_minor_units": .int(row.value),
      "liquidity": [
        "usage_minor_units": .int(row.usage), "upper_bound_minor_units": .int(row.upperBound),
        "lower_bound_minor_units": .int(row.lowerBound), "relative": ratio(row.relativeUsage),
        "turnover_ratio": ratio(row.turnoverRatio),
      ],
      "delay": [
        "ratio": ratio(row.delayRatio), "mean_ns": .int(row.meanDelay),
        "p50_ns": .int(row.delayQuantiles[0]), "p95_ns": .int(row.delayQuantiles[1]),
        "p99_ns": .int(row.delayQuantiles[2]),
      ],
      "queue": [
        "largest": .int(row.largestQueue), "average": ratio(row.averageQueue),
        "largest_value_minor_units": .int(row.largestQueueValue),
        "average_value_minor_units": .int(row.averageQueueValue),
        "unsettled_at_close_minor_units": .int(row.unsettledAtClose),
        "gridlock_ns": .int(row.gridlockTime), "deadlock_ns": .int(row.deadlockTime),
      ],
      "netting_efficiency": [
        "bilateral": ratio(row.bilateralEfficiency),
        "multilateral": ratio(row.multilateralEfficiency),
      ],
      "mechanisms": .array(
        row.mechanisms.map {
          [
            "name": .string($0.name), "count": .int($0.count), "value": amount($0.value),
            "share": .decimal($0.share),
          ]
        }),
      "bcbs_248": [
        "largest_daily_usages_minor_units": .array(
          row.largestDailyUsages.map { CanonicalJSON.int($0) }),
        "average_daily_usage_minor_units": .int(row.averageDailyUsage),
        "available_at_start_minor_units": .int(row.availableAtStart),
        "peak_credit_minor_units": .int(row.peakCredit),
        "deadlines_met": .int(row.deadlinesMet), "deadlines": .int(row.deadlines),
        "value_by_hour_minor_units": .array(row.valueByHour.map { CanonicalJSON.int($0) }),
      ],
    ]
  }

  static func transfers(_ report: TransferReport) -> CanonicalJSON {
    [
      "accepted": .int(report.accepted), "settled": .int(report.settled),
      "returned": .int(report.returned), "value": amount(report.value),
      "batches": .int(report.batches), "wires": .int(report.wires), "deals": .int(report.deals),
      "mean_delay_ns": .int(report.meanDelay), "deadlines_met": .int(report.deadlinesMet),
      "deadlines_missed": .int(report.deadlinesMissed),
      "volatility_plans": .int(report.volatilityPlans), "reversed": .int(report.reversed),
      "rearranged": .int(report.rearranged), "failures": .array(report.failures.map(failure)),
      "delay_ratio": ratio(report.delayRatio),
      "relative_liquidity": ratio(report.relativeLiquidity),
      "netting": [
        "realised_efficiency": ratio(report.realisedEfficiency),
        "bilateral_potential": ratio(report.bilateralPotential),
        "multilateral_potential": ratio(report.multilateralPotential),
      ],
    ]
  }

  private static func failure(_ row: BankFailureRow) -> CanonicalJSON {
    [
      "bank": .string(row.bank), "at_ns": .int(row.at), "reversed": .int(row.reversed),
      "reversed_value": amount(row.reversedValue), "returned": .int(row.returned),
      "returned_value": amount(row.returnedValue), "refused": .int(row.refused),
      "refused_value": amount(row.refusedValue), "notices": .int(row.notices),
    ]
  }

  static func planning(_ report: PlanningReport) -> CanonicalJSON {
    [
      "plans": .int(report.plans), "mean_gap": ratio(report.meanGap),
      "largest_gap": ratio(report.largestGap), "lp_solves": .int(report.solves),
      "methods": .array(
        report.methods.map { ["name": .string($0.name), "count": .int($0.count)] }),
      "fallbacks": .array(
        report.fallbacks.map { ["name": .string($0.name), "count": .int($0.count)] }),
    ]
  }

  private static func ratio(_ value: Double?) -> CanonicalJSON {
    value.map(CanonicalJSON.decimal) ?? .null
  }
}
