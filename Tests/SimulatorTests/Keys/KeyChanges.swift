extension KeyChange {
  static let overload = [
    "gateway.instances=1", "gateway.concurrency=1", "gateway.service_time=10s",
    "gateway.queue_limit=20s",
  ]
  static let refusing = ["acquirers.northbank.unavailable_rate=0.6"]
  static let delayed = "workload.capture.immediate_share=0"
  static let challenged = "authorization.challenge_score=3"
  static let repeated = "workload.client.duplicate_share=0.6"
  static let scarce = "banks.opening_balance=4000 USD"
  static let wired = "settlement.strategy=one_wire_per_payment"
  static let infrastructure = "costs.infrastructure={compute: 1000 USD, storage: 500 USD}"
  static let market =
    "{country: US, region: a, time_zone: UTC, currency: USD, settlement_currency: USD, share: 0.5}"
  static let dollars = [
    "workload.transfers.source_currencies={USD: 1}", "workload.transfers.cross_currency_share=0",
  ]

  static func with(_ change: KeyChange, _ given: [String]) -> KeyChange {
    KeyChange(world: change.world, given: given + change.given, set: change.set)
  }

  static func overloaded(_ set: String, given: String...) -> KeyChange {
    KeyChange(world: .cards, given: overload + given, set: set)
  }

  static func markets(_ other: String, to changed: String) -> KeyChange {
    .cards(
      "merchants.markets=[\(market), {\(changed)}]",
      given: "merchants.markets=[\(market), {\(other)}]")
  }

  static let otherMarket =
    "country: XX, region: a, time_zone: UTC, currency: USD, settlement_currency: USD, share: 0.5"

  static func market(_ key: String, _ value: String) -> KeyChange {
    let parts = otherMarket.split(separator: ", ").map { part in
      part.hasPrefix("\(key):") ? "\(key): \(value)" : String(part)
    }
    return markets(otherMarket, to: parts.joined(separator: ", "))
  }

  /// A rail of dollars, with other keys.
  static func rail(_ keys: String, to changed: String, given: String...) -> KeyChange {
    let whole = "name: usd, currency: USD, time_zone: UTC"
    return KeyChange(
      world: .transfers,
      given: dollars + [wired, "rails=[{\(whole), \(keys)}, \(second), \(other)]"] + given,
      set: "rails=[{\(whole), \(changed)}, \(second), \(other)]")
  }

  static let second =
    "{name: second, currency: USD, time_zone: UTC, open: \"02:00\", "
    + "close: \"18:00\", fee: 5 USD}"
  static let hours = "open: \"01:00\", close: \"18:00\""
  static let plain = "\(hours), fee: 1 USD"
  static let batch =
    "\(hours), fee: 1 USD, kind: batch, windows: [{cut_off: \"10:00\", settles: \"12:00\"}, "
    + "{cut_off: \"17:00\", settles: \"17:30\"}]"

  static func burst(_ key: String, _ value: String) -> KeyChange {
    func bursts(_ start: String, _ every: String, _ length: String, _ factor: String) -> String {
      "workload.generated.bursts=[{start: \(start), every: \(every), length: \(length), "
        + "factor: \(factor)}]"
    }
    func part(_ name: String, _ other: String) -> String { name == key ? value : other }
    return .cards(
      bursts(
        part("start", "5min"), part("every", "20min"), part("length", "5min"), part("factor", "9")),
      given: bursts("5min", "20min", "5min", "9"))
  }

  static func participant(_ terms: String, given: String...) -> KeyChange {
    KeyChange(
      world: .transfers, given: [wired] + given,
      set: "interbank.participants=[{name: correspondent-1, \(terms)}]")
  }

  static func release(_ rule: String, to changed: String) -> KeyChange {
    .transfers("interbank.release=\(changed)", given: wired, "interbank.release=\(rule)")
  }

  static func strategy(
    _ name: String, _ parameter: String, _ value: String, given: String...
  ) -> KeyChange {
    KeyChange(
      world: .transfers, given: given + ["settlement.strategy={name: \(name)}"],
      set: "settlement.strategy={name: \(name), \(parameter): \(value)}")
  }

  /// Changes of when the windows of a strategy end, by key.
  static func windows(of name: String) -> [String: KeyChange] {
    let at = "at: [\"07:00\", \"13:00\"]"
    return [
      "window_from": strategy(name, "window_from", "opening"),
      "at": strategy(name, "at", "[\"07:00\", \"13:00\"]"),
      "time_zone": KeyChange(
        world: .transfers, given: ["settlement.strategy={name: \(name), \(at)}"],
        set: "settlement.strategy={name: \(name), \(at), time_zone: Asia/Tokyo}"),
      "before_cut_off": strategy(name, "before_cut_off", "9h"),
    ]
  }

  /// The strategies that have windows.
  static let windowed = [
    "fixed_window", "size_threshold", "counterparty_consolidation", "bilateral_netting",
    "multilateral_netting", "hybrid",
  ]

  static let windowEnds: [String: KeyChange] = windowed.reduce(into: [:]) { changes, name in
    for (key, change) in windows(of: name) {
      changes["settlement.strategy.{\(name)}.\(key)"] = change
    }
  }

  static func mode(
    _ name: String, _ parameter: String, _ value: String, given: String...
  ) -> KeyChange {
    let name = name.contains(":") ? name : "name: \(name)"
    return KeyChange(
      world: .transfers,
      given: dollars + [wired, "time.settlement_horizon=4d"] + (given.isEmpty ? [scarce] : given)
        + ["interbank.mode={\(name)}"],
      set: "interbank.mode={\(name), \(parameter): \(value)}")
  }

  /// A change for each key, by its place in the schema.
  static let all: [String: KeyChange] = run.merging(merchants) { first, _ in first }
    .merging(workload) { first, _ in first }
    .merging(path) { first, _ in first }
    .merging(banks) { first, _ in first }
    .merging(mechanisms) { first, _ in first }
    .merging(recorded) { first, _ in first }
    .merging(rails) { first, _ in first }
    .merging(settlement) { first, _ in first }
    .merging(windowEnds) { first, _ in first }
    .merging(schedule) { first, _ in first }
    .merging(faults) { first, _ in first }
    .merging(bankPrices) { first, _ in first }
    .merging(costs) { first, _ in first }

  static let run: [String: KeyChange] = [
    "name": .cards("name=other"),
    "description": .cards("description=other"),
    "seed": .cards("seed=2"),
    "gate": .cards("gate=levels", given: "authorization.deadline=1ms"),
    "thresholds": .cards("thresholds=[payments.accepted == 1]"),
    "results.details": .cards("results.details=true"),
    "results.trace_one_in": .cards("results.trace_one_in=10"),
    "time.date": .cards("time.date=2026-03-03"),
    "time.duration": .cards("time.duration=30min"),
    "time.drain_limit": .cards("time.drain_limit=1h"),
    "time.settlement_horizon": .cards("time.settlement_horizon=2h"),
    "cells.per_region": .cards("cells.per_region=2"),
    "cells.interbank_latency": .cards("cells.interbank_latency=2s"),
    "reconciliation.statement_delay": .cards("reconciliation.statement_delay=5h"),
    "reconciliation.keep_files": .cards("reconciliation.keep_files=true"),
    "fx.usd_per_unit": .cards("fx.usd_per_unit.EUR=1.3"),
    "fx.spreads": .cards(
      "fx.spreads={USD/EUR: 9, USD/GBP: 2, USD/JPY: 2}",
      given: "fx.spreads={USD/EUR: 2, USD/GBP: 2, USD/JPY: 2}",
      "merchants.markets=[{country: DE, region: a, time_zone: UTC, currency: EUR, "
        + "settlement_currency: USD, share: 1}]", "merchants.foreign_currency_share=0"),
    "fx.ecb.file": .cards("fx.ecb={file: missing.csv}"),
    "fx.process.volatility": .cards(
      "fx.process={volatility: {EUR: 0.5}}", given: "fx.process={volatility: {EUR: 0.1}}",
      "time.duration=26h"),
    "fx.process.step": .cards(
      "fx.process={volatility: {EUR: 0.5}, step: hourly}",
      given: "fx.process={volatility: {EUR: 0.5}, step: daily}"),
    "fx.process.half_life": .cards(
      "fx.process={volatility: {EUR: 0.5}, step: hourly, half_life: 10min}",
      given: "fx.process={volatility: {EUR: 0.5}, step: hourly}"),
    "fx.volatility_trigger": .transfers(
      "fx.volatility_trigger=1", given: "fx.process={volatility: {EUR: 0.5}, step: hourly}",
      "settlement.strategy={name: multilateral_netting, window: 12h}"),
    "fx.deal_interval": .cards("fx.deal_interval=7h"),
  ]

  /// Shares of risk levels, where another acquirer than the first is the cheapest.
  static func risk(_ shares: String) -> KeyChange {
    .cards(
      "merchants.risk_shares={\(shares)}", given: "acquirers.southpay.fee_rate=0.001",
      "merchants.risk_shares={low: 1, medium: 0, high: 0}")
  }

  static let merchants: [String: KeyChange] = [
    "merchants.count": .cards("merchants.count=30"),
    "merchants.skew.exponent": .cards("merchants.skew.exponent=0"),
    "merchants.skew.offset": .cards("merchants.skew.offset=50"),
    "merchants.markets.[].country": market("country", "YY"),
    "merchants.markets.[].region": market("region", "b"),
    "merchants.markets.[].time_zone": market("time_zone", "Asia/Tokyo"),
    "merchants.markets.[].currency": market("currency", "EUR"),
    "merchants.markets.[].settlement_currency": market("settlement_currency", "EUR"),
    "merchants.markets.[].share": .cards(
      "merchants.markets=[\(market.replacing("0.5", with: "0.2")), "
        + "{\(otherMarket.replacing("0.5", with: "0.8").replacing("UTC", with: "Asia/Tokyo"))}]",
      given: "merchants.markets=[\(market), {\(otherMarket.replacing("UTC", with: "Asia/Tokyo"))}]"
    ),
    "merchants.foreign_currency_share": .cards("merchants.foreign_currency_share=0.9"),
    "merchants.fee_plans.[].name": .cards(
      "merchants.fee_plans.standard.name=other"),
    "merchants.fee_plans.[].share": .cards(
      "merchants.fee_plans=[{name: a, share: 0.1, rate: 0.1, fixed: 0 USD}, "
        + "{name: b, share: 0.9, rate: 0, fixed: 0 USD}]",
      given: "merchants.fee_plans=[{name: a, share: 0.9, rate: 0.1, fixed: 0 USD}, "
        + "{name: b, share: 0.1, rate: 0, fixed: 0 USD}]"),
    "merchants.fee_plans.[].rate": .cards("merchants.fee_plans.standard.rate=0.05"),
    "merchants.fee_plans.[].fixed": .cards("merchants.fee_plans.standard.fixed=0.50 USD"),
    "merchants.cut_off": .cards("merchants.cut_off=12:00"),
    "merchants.cut_off_overrides.[].at": .cards(
      "merchants.cut_off_overrides=[{share: 0.5, at: \"09:00\"}]",
      given: "merchants.cut_off_overrides=[{share: 0.5, at: \"15:00\"}]"),
    "merchants.cut_off_overrides.[].share": .cards(
      "merchants.cut_off_overrides=[{share: 0.9, at: \"09:00\"}]",
      given: "merchants.cut_off_overrides=[{share: 0.2, at: \"09:00\"}]"),
    "merchants.risk_shares.low": risk("low: 0, medium: 0.2, high: 0.8"),
    "merchants.risk_shares.medium": risk("low: 0.2, medium: 0.8, high: 0"),
    "merchants.risk_shares.high": risk("low: 0.2, medium: 0, high: 0.8"),
    "merchants.acquirer_override_share": .cards("merchants.acquirer_override_share=1"),
    "merchants.rate_limit_per_second": .cards(
      "merchants.rate_limit_per_second=0.001", given: "merchants.rate_limit_burst=1"),
    "merchants.rate_limit_burst": .cards(
      "merchants.rate_limit_burst=1", given: "merchants.rate_limit_per_second=0.001"),
  ]

  static let weights = "[" + (0..<24).map { "\($0 % 5)" }.joined(separator: ",") + "]"

  static let workload: [String: KeyChange] = [
    "workload.generated.payments": .cards("workload.generated.payments=300"),
    "workload.generated.rate": .cards("workload.generated.rate=0.1"),
    "workload.generated.hour_weights": .cards(
      "workload.generated.hour_weights=\(weights)", given: "time.duration=6h"),
    "workload.generated.weekday_weights": .cards(
      "workload.generated.weekday_weights=[1,5,1,1,1,1,1]", given: "time.duration=2d"),
    "workload.generated.bursts.[].start": burst("start", "10min"),
    "workload.generated.bursts.[].every": burst("every", "30min"),
    "workload.generated.bursts.[].length": burst("length", "9min"),
    "workload.generated.bursts.[].factor": burst("factor", "2"),
    "workload.generated.amounts.quantiles": .cards(
      "workload.generated.amounts.quantiles=[[0, 5], [1, 7]]"),
    "workload.generated.amounts.log_normal.mu": .cards(
      "workload.generated.amounts.log_normal={mu: 4, sigma: 1}",
      given: "workload.generated.amounts.log_normal={mu: 3, sigma: 1}"),
    "workload.generated.amounts.log_normal.sigma": .cards(
      "workload.generated.amounts.log_normal={mu: 3, sigma: 2}",
      given: "workload.generated.amounts.log_normal={mu: 3, sigma: 1}"),
    "workload.generated.amounts.constant": .cards("workload.generated.amounts.constant=5"),
    "workload.generated.amounts.scale": .cards("workload.generated.amounts.scale={USD: 5}"),
    "workload.generated.account_to_account_share": .cards(
      "workload.generated.account_to_account_share=0.9"),
    "workload.generated.fraud_share": .cards("workload.generated.fraud_share=0.9"),
    "workload.generated.invalid_share": .cards("workload.generated.invalid_share=0.5"),
    "workload.trace.file": .trace("workload.trace.file=missing.csv"),
    "workload.trace.columns.id": .trace("workload.trace.columns.id=other_id"),
    "workload.trace.columns.time": .trace("workload.trace.columns.time=other_time"),
    "workload.trace.columns.merchant": .trace("workload.trace.columns.merchant=other_merchant"),
    "workload.trace.columns.amount": .trace("workload.trace.columns.amount=other_amount"),
    "workload.trace.columns.currency": .trace("workload.trace.columns.currency=currency"),
    "workload.trace.columns.cancel": .trace("workload.trace.columns.cancel=cancel"),
    "workload.trace.columns.date": .trace(
      "workload.trace.columns.date=day", given: "workload.trace.columns.time=clock"),
    "workload.trace.columns.time_zone": .trace("workload.trace.columns.time_zone=zone"),
    "workload.trace.columns.refund_amount": .trace("workload.trace.columns.refund_amount=back"),
    "workload.trace.columns.quantity": .trace("workload.trace.columns.quantity=pieces"),
    "workload.trace.decimal_mark": .trace("workload.trace.decimal_mark=comma"),
    "workload.trace.thousands": .trace(
      "workload.trace.thousands=comma", given: "workload.trace.columns.amount=grouped"),
    "workload.trace.date_order": .trace("workload.trace.date_order=month_first"),
    "workload.trace.time_zone": .trace("workload.trace.time_zone=Asia/Tokyo"),
    "workload.trace.lines": .trace("workload.trace.lines=sum"),
    "workload.trace.sort": .trace(
      "workload.trace.sort=true", given: "workload.trace.unordered_rows=refuse"),
    "workload.trace.currency": .trace("workload.trace.currency=EUR"),
    "workload.trace.amount_unit": .trace(
      "workload.trace.amount_unit=minor", given: "workload.trace.columns.amount=other_amount"),
    "workload.trace.cancel_value": .trace(
      "workload.trace.cancel_value=9", given: "workload.trace.columns.cancel=cancel"),
    "workload.trace.cancel_prefix": .trace("workload.trace.cancel_prefix=v"),
    "workload.trace.malformed_rows": .trace("workload.trace.malformed_rows=refuse"),
    "workload.trace.duplicate_rows": .trace("workload.trace.duplicate_rows=refuse"),
    "workload.trace.unordered_rows": .trace("workload.trace.unordered_rows=refuse"),
    "workload.capture.immediate_share": .cards("workload.capture.immediate_share=0.5"),
    "workload.capture.delay_hours": .cards(
      "workload.capture.delay_hours=[[0, 1], [1, 2]]", given: delayed),
    "workload.capture.partial_share": .cards("workload.capture.partial_share=0.9", given: delayed),
    "workload.capture.partial_fraction": .cards(
      "workload.capture.partial_fraction=0.1", given: delayed,
      "workload.capture.partial_share=0.9"),
    "workload.client.duplicate_share": .cards("workload.client.duplicate_share=0.6"),
    "workload.client.duplicate_delay": .cards(
      "workload.client.duplicate_delay=9s", given: repeated),
    "workload.client.altered_share": .cards("workload.client.altered_share=0.9", given: repeated),
    "workload.client.retries": overloaded("workload.client.retries=0"),
    "workload.client.retry_delay": overloaded("workload.client.retry_delay=20s"),
    "workload.transfers.payments": .transfers("workload.transfers.payments=90"),
    "workload.transfers.originators": .transfers("workload.transfers.originators=2"),
    "workload.transfers.counterparties": .transfers("workload.transfers.counterparties=2"),
    "workload.transfers.counterparty_skew": .transfers("workload.transfers.counterparty_skew=5"),
    "workload.transfers.source_currencies": .transfers(
      "workload.transfers.source_currencies={USD: 1, EUR: 9}"),
    "workload.transfers.destination_currencies": .transfers(
      "workload.transfers.destination_currencies={JPY: 1}"),
    "workload.transfers.cross_currency_share": .transfers(
      "workload.transfers.cross_currency_share=0.9"),
    "workload.transfers.amounts.log_normal.mean": .transfers(
      "workload.transfers.amounts.log_normal={mean: 900 USD, sigma: 1.2}"),
    "workload.transfers.amounts.log_normal.sigma": .transfers(
      "workload.transfers.amounts.log_normal={mean: 5000 USD, sigma: 0.2}"),
    "workload.transfers.amounts.quantiles": .transfers(
      "workload.transfers.amounts.quantiles=[[0, 5], [1, 7]]"),
    "workload.transfers.amounts.constant": .transfers(
      "workload.transfers.amounts.constant=7 USD"),
    "workload.transfers.maximum_amount": .transfers("workload.transfers.maximum_amount=500 USD"),
    "workload.transfers.windows.rtgs": .transfers(
      "workload.transfers.windows={rtgs: 1, same_day: 0, next_day: 0, second_day: 0}",
      given: "settlement.strategy=optimised"),
    "workload.transfers.windows.same_day": .transfers(
      "workload.transfers.windows={rtgs: 0, same_day: 1, next_day: 0, second_day: 0}",
      given: "settlement.strategy=optimised"),
    "workload.transfers.windows.next_day": .transfers(
      "workload.transfers.windows={rtgs: 0, same_day: 0, next_day: 1, second_day: 0}",
      given: "settlement.strategy=optimised"),
    "workload.transfers.windows.second_day": .transfers(
      "workload.transfers.windows={rtgs: 0, same_day: 0, next_day: 0, second_day: 1}",
      given: "settlement.strategy=optimised"),
    "workload.transfers.hour_weights": .transfers("workload.transfers.hour_weights=\(weights)"),
    "workload.transfers.weekday_weights": .transfers(
      "workload.transfers.weekday_weights=[1,5,1,1,1,1,1]", given: "time.duration=2d"),
    "workload.transfers.return_share": .transfers("workload.transfers.return_share=0.5"),
  ]

  static let path: [String: KeyChange] = [
    "gateway.instances": overloaded("gateway.instances=2"),
    "gateway.concurrency": overloaded("gateway.concurrency=2"),
    "gateway.service_time": .cards("gateway.service_time=90ms"),
    "gateway.network_latency": .cards("gateway.network_latency=90ms"),
    "gateway.maximum_amount": .cards("gateway.maximum_amount=10 USD"),
    "gateway.queue_limit": overloaded("gateway.queue_limit=1ms"),
    "idempotency.mode": .cards("idempotency.mode=database"),
    "idempotency.time_to_live": .cards(
      "idempotency.time_to_live=1ms", given: repeated, "idempotency.mode=fast_store"),
    "idempotency.capacity": .cards(
      "idempotency.capacity=1", given: repeated, "idempotency.mode=fast_store"),
    "idempotency.fast_store_latency": .cards("idempotency.fast_store_latency=90ms"),
    "idempotency.database_latency": .cards(
      "idempotency.database_latency=90ms", given: "idempotency.mode=database"),
    "bus.partitions": .cards("bus.partitions=7", given: "cells.per_region=2"),
    "bus.replicas": .cards("bus.replicas=1"),
    "bus.publish_latency": .cards("bus.publish_latency=90ms"),
    "bus.fetch_latency": .cards("bus.fetch_latency=90ms"),
    "bus.ordering": .cards(
      "bus.ordering=partition", given: "bus.ordering=payment", "authorization.fraud_latency=20s"),
    "bus.in_flight_per_partition": .cards(
      "bus.in_flight_per_partition=1", given: "bus.ordering=payment",
      "authorization.fraud_latency=20s"),
    "bus.maximum_lag": .cards(
      "bus.maximum_lag=1", given: "bus.ordering=partition", "authorization.fraud_latency=20s",
      "bus.lag_alert=1000", "bus.lag_page=1000"),
    "bus.lag_alert": .cards(
      "bus.lag_alert=1", given: "bus.ordering=partition", "authorization.fraud_latency=20s"),
    "bus.lag_page": .cards(
      "bus.lag_page=1", given: "bus.ordering=partition", "authorization.fraud_latency=20s",
      "bus.lag_alert=1"),
    "authorization.workers": .cards(
      "authorization.workers=1", given: "authorization.fraud_latency=20s"),
    "authorization.token_vault_latency": .cards("authorization.token_vault_latency=90ms"),
    "authorization.fraud_latency": .cards("authorization.fraud_latency=90ms"),
    "authorization.block_score": .cards(
      "authorization.block_score=61", given: "workload.generated.fraud_share=0.5"),
    "authorization.challenge_score": .cards(
      "authorization.challenge_score=35", given: "authorization.review_score=1",
      "workload.generated.fraud_share=0.5"),
    "authorization.review_score": .cards(
      "authorization.review_score=1", given: "workload.generated.fraud_share=0.5"),
    "authorization.challenge_share": .cards("authorization.challenge_share=0.3"),
    "authorization.challenge_time": .cards(
      "authorization.challenge_time=9min", given: "authorization.review_score=1", challenged),
    "authorization.challenge_abandon_share": .cards(
      "authorization.challenge_abandon_share=0.9", given: "authorization.review_score=1", challenged
    ),
    "authorization.deadline": .cards("authorization.deadline=100ms"),
    "authorization.retries": with(.cards("authorization.retries=0"), refusing),
    "authorization.retry_delay": with(.cards("authorization.retry_delay=1500ms"), refusing),
    "authorization.retry_multiplier": with(.cards("authorization.retry_multiplier=9"), refusing),
    "authorization.retry_maximum_delay": with(
      .cards("authorization.retry_maximum_delay=1s", given: "authorization.retry_delay=1s"),
      refusing
    ),
    "authorization.retry_jitter": with(.cards("authorization.retry_jitter=0.9"), refusing),
    "authorization.breaker_failures": with(.cards("authorization.breaker_failures=1"), refusing),
    "authorization.breaker_open": with(
      .cards("authorization.breaker_open=10min", given: "authorization.breaker_failures=1"),
      refusing
    ),
    "authorization.breaker_reopen": with(
      .cards("authorization.breaker_reopen=1s", given: "authorization.breaker_failures=1"), refusing
    ),
    "authorization.hold_validity": .cards("authorization.hold_validity=1h", given: delayed),
    "acquirers.[].name": .cards("acquirers.northbank.name=other"),
    "acquirers.[].currencies": .cards("acquirers.northbank.currencies=[EUR]"),
    "acquirers.[].regions": .cards("acquirers.northbank.regions=[europe]"),
    "acquirers.[].preference": .cards("acquirers.northbank.preference=9"),
    "acquirers.[].latency": .cards("acquirers.northbank.latency=900ms"),
    "acquirers.[].concurrency": .cards(
      "acquirers.northbank.concurrency=1", given: "acquirers.northbank.latency=4s"),
    "acquirers.[].queue_limit": .cards(
      "acquirers.northbank.queue_limit=0s", given: "acquirers.northbank.latency=4s",
      "acquirers.northbank.concurrency=1"),
    "acquirers.[].approval_rate": .cards("acquirers.northbank.approval_rate=0.1"),
    "acquirers.[].unavailable_rate": .cards("acquirers.northbank.unavailable_rate=0.5"),
    "acquirers.[].late_rate": .cards("acquirers.northbank.late_rate=0.5"),
    "acquirers.[].file_format": .cards(
      "acquirers.northbank.file_format=xml", given: "reconciliation.keep_files=true"),
    "acquirers.[].file_interval": .cards("acquirers.northbank.file_interval=10min"),
    "acquirers.[].fee_rate": .cards("acquirers.northbank.fee_rate=0.5"),
    "ledger.commit_latency": .cards("ledger.commit_latency=90ms"),
    "ledger.group_commit": .cards("ledger.group_commit=90ms"),
    "ledger.journal": .cards("ledger.journal=true"),
  ]
}
