extension KeyChange {
  static let failure = "banks.failures=[{bank: correspondent-1, at: 9h}]"

  static let banks: [String: KeyChange] = [
    "banks.issuers": .cards("banks.issuers=3"),
    "banks.merchant_banks": .cards(
      "banks.merchant_banks=2", given: "settlement.strategy=counterparty_consolidation"),
    "banks.correspondents": .transfers("banks.correspondents=9"),
    "banks.opening_balance": .transfers("banks.opening_balance=2000 USD", given: wired),
    "banks.overdraft_limit": .transfers(
      "banks.overdraft_limit=90000 USD", given: wired, "banks.opening_balance=9000 USD",
      "time.settlement_horizon=4d"),
    "banks.failures.[].bank": .transfers(
      "banks.failures=[{bank: correspondent-2, at: 9h}]", given: failure),
    "banks.failures.[].at": .transfers(
      "banks.failures=[{bank: correspondent-1, at: 4h}]", given: failure),
    "banks.failures.[].uncredited": .transfers(
      "banks.failures=[{bank: correspondent-1, at: 13h, uncredited: 9h}]", given: wired,
      "banks.failures=[{bank: correspondent-1, at: 13h}]"),
    "interbank.mode": .transfers("interbank.mode=deferred_net", given: wired),
    "interbank.mode.{rtgs}.at_close": mode("rtgs", "at_close", "return"),
    "interbank.mode.{rtgs}.interval": mode(
      "name: rtgs, liquidity_saving: gridlock_resolution", "interval", "2h"),
    "interbank.mode.{rtgs}.liquidity_saving": mode(
      "rtgs", "liquidity_saving", "gridlock_resolution"),
    "interbank.mode.{hybrid_offset}.liquidity_saving": mode(
      "hybrid_offset", "liquidity_saving", "none"),
    "interbank.mode.{rtgs}.maximum_part": mode("rtgs", "maximum_part", "1000"),
    "interbank.mode.{rtgs}.offset_limit": mode(
      "name: rtgs, liquidity_saving: one_to_many_offset, queue_order: fifo_bypass",
      "offset_limit", "1", given: "banks.opening_balance=1000 USD",
      "workload.transfers.payments=300", "workload.transfers.originators=2",
      "workload.transfers.counterparties=2"),
    "interbank.mode.{rtgs}.queue_order": mode("rtgs", "queue_order", "smallest_first"),
    "interbank.mode.{deferred_net}.at_close": mode("deferred_net", "at_close", "return"),
    "interbank.mode.{deferred_net}.cycle": mode("deferred_net", "cycle", "1h"),
    "interbank.mode.{deferred_net}.netting": mode("deferred_net", "netting", "bilateral"),
    "interbank.mode.{deferred_net}.queue_order": mode(
      "deferred_net", "queue_order", "smallest_first"),
    "interbank.mode.{deferred_net}.settlement_lag": mode("deferred_net", "settlement_lag", "30min"),
    "interbank.mode.{deferred_net}.shortfall": mode("deferred_net", "shortfall", "unwind_debtor"),
    "interbank.mode.{continuous_net}.at_cap": mode(
      "continuous_net", "at_cap", "reject", given: "interbank.net_debit_cap=9000 USD"),
    "interbank.mode.{continuous_net}.at_close": mode(
      "continuous_net", "at_close", "return", given: "interbank.net_debit_cap=9000 USD"),
    "interbank.mode.{continuous_net}.queue_order": mode(
      "continuous_net", "queue_order", "smallest_first", given: "interbank.net_debit_cap=9000 USD"),
    "interbank.mode.{continuous_net}.settlement_lag": mode(
      "name: continuous_net, window: 1h", "settlement_lag", "30min"),
    "interbank.mode.{continuous_net}.window": mode(
      "name: continuous_net, settlement_lag: 30min", "window", "1h"),
    "interbank.mode.{hybrid_offset}.at_close": mode("hybrid_offset", "at_close", "return"),
    "interbank.mode.{hybrid_offset}.interval": mode("hybrid_offset", "interval", "2h"),
    "interbank.mode.{hybrid_offset}.minimum_match": mode("hybrid_offset", "minimum_match", "1"),
    "interbank.mode.{hybrid_offset}.offset_limit": mode(
      "hybrid_offset", "offset_limit", "1", given: "banks.opening_balance=500 USD",
      "workload.transfers.payments=300"),
    "interbank.mode.{hybrid_offset}.patience": mode("hybrid_offset", "patience", "2h"),
    "interbank.credit_cap": .transfers(
      "interbank.credit_cap=10 USD", given: wired, scarce, "interbank.collateral=9000 USD",
      "time.settlement_horizon=4d"),
    "interbank.collateral": .transfers(
      "interbank.collateral=9000 USD", given: wired, scarce, "time.settlement_horizon=4d"),
    "interbank.haircut": .transfers(
      "interbank.haircut=0.9", given: wired, scarce, "interbank.collateral=9000 USD",
      "time.settlement_horizon=4d"),
    "interbank.net_debit_cap": .transfers("interbank.net_debit_cap=9000 USD", given: wired),
    "interbank.bilateral_limit": .transfers("interbank.bilateral_limit=5000 USD", given: wired),
    "interbank.reserve_for_urgent": .transfers(
      "interbank.reserve_for_urgent=2995000 USD", given: wired),
    "interbank.urgent_share": .cards(
      "interbank.urgent_share=0.5", given: "interbank.mode={name: rtgs, queue_order: priority}",
      wired, "banks.opening_balance=1000 USD", "time.settlement_horizon=4d"),
    "interbank.release.rule": release("{rule: immediate}", to: "{rule: urgency, lead_time: 1h}"),
    "interbank.release.lead_time": release(
      "{rule: urgency, lead_time: 1h}", to: "{rule: urgency, lead_time: 5h}"),
    "interbank.release.received_share": release(
      "{rule: position, received_share: 1}", to: "{rule: position, received_share: 9}"),
    "interbank.release.at": release(
      "{rule: time, at: \"11:00\"}", to: "{rule: time, at: \"12:00\"}"),
    "interbank.participants.[].name": .transfers(
      "interbank.participants=[{name: correspondent-2, opening_balance: 500 USD}]", given: wired,
      "interbank.participants=[{name: correspondent-1, opening_balance: 500 USD}]"),
    "interbank.participants.[].opening_balance": participant("opening_balance: 500 USD"),
    "interbank.participants.[].overdraft_limit": participant(
      "overdraft_limit: 90000 USD", given: scarce, "time.settlement_horizon=4d"),
    "interbank.participants.[].credit_cap": participant(
      "credit_cap: 10 USD", given: scarce, "interbank.collateral=9000 USD",
      "time.settlement_horizon=4d"),
    "interbank.participants.[].collateral": participant(
      "collateral: 9000 USD", given: scarce, "time.settlement_horizon=4d"),
    "interbank.participants.[].haircut": participant(
      "haircut: 0.9", given: scarce, "interbank.collateral=9000 USD", "time.settlement_horizon=4d"),
    "interbank.participants.[].net_debit_cap": participant("net_debit_cap: 900 USD"),
    "interbank.participants.[].bilateral_limit": participant("bilateral_limit: 500 USD"),
    "interbank.participants.[].bilateral_limits": participant(
      "bilateral_limits: {correspondent-2: 500 USD}"),
    "interbank.participants.[].reserve_for_urgent": participant("reserve_for_urgent: 2999000 USD"),
    "interbank.participants.[].release.rule": participant("release: {rule: urgency}"),
    "interbank.participants.[].release.lead_time": .transfers(
      "interbank.participants=[{name: correspondent-1, release: {rule: urgency, lead_time: 5h}}]",
      given: wired,
      "interbank.participants=[{name: correspondent-1, release: {rule: urgency, lead_time: 1h}}]"),
    "interbank.participants.[].release.received_share": .transfers(
      "interbank.participants=[{name: correspondent-1, "
        + "release: {rule: position, received_share: 9}}]",
      given: wired,
      "interbank.participants=[{name: correspondent-1, "
        + "release: {rule: position, received_share: 1}}]"),
    "interbank.participants.[].release.at": .transfers(
      "interbank.participants=[{name: correspondent-1, release: {rule: time, at: \"12:00\"}}]",
      given: wired,
      "interbank.participants=[{name: correspondent-1, release: {rule: time, at: \"11:00\"}}]"),
  ]

  static let lateRail =
    "rails=[{name: usd, currency: USD, time_zone: UTC, \(hours.replacing("01", with: "12")), "
    + "fee: 1 USD}, \(other)]"

  static let zone: KeyChange = {
    var change = rail(plain, to: plain)
    change.set = "rails.usd.time_zone=Asia/Tokyo"
    return change
  }()

  static let tiers = "\(hours), fee_tiers: [{from: 1, fee: 1 USD}, {from: 20, fee: 0 USD}]"

  static let rails: [String: KeyChange] = [
    "rails": .transfers("rails=reference", given: wired, lateRail),
    "rails.[]": .transfers("rails=[fedwire, \(other)]", given: wired, lateRail),
    "rails.[].reference": .transfers(
      "rails=[fedwire, {reference: sct_inst}, chaps, bojnet]", given: wired,
      "rails=[fedwire, {reference: t2}, chaps, bojnet]"),
    "rails.[].name": .cards("rails.fedwire.name=other"),
    "rails.[].currency": .cards(
      "rails.other.currency=EUR",
      given: "rails=[\(other), fedwire, {name: other, currency: USD, time_zone: UTC, \(plain)}]",
      "settlement.rail_choice=fastest"),
    "rails.[].time_zone": zone,
    "rails.[].open": rail(plain, to: plain.replacing("01:00", with: "12:00")),
    "rails.[].close": rail(plain, to: plain.replacing("18:00", with: "13:00")),
    "rails.[].kind": rail(plain, to: batch),
    "rails.[].customer_cut_off": rail(plain, to: plain + ", customer_cut_off: \"09:00\""),
    "rails.[].weekends": rail(
      plain, to: plain + ", weekends: true", given: "time.date=2026-03-06", "time.duration=2d"),
    "rails.[].calendar": rail(
      plain, to: plain + ", calendar: fedwire", given: "time.date=2026-05-25"),
    "rails.[].holidays": rail(plain, to: plain + ", holidays: [2026-03-02]"),
    "rails.[].windows.[].cut_off": rail(batch, to: batch.replacing("10:00", with: "08:00")),
    "rails.[].windows.[].settles": rail(batch, to: batch.replacing("17:30", with: "17:40")),
    "rails.[].windows.[].business_days": rail(
      batch, to: batch.replacing("\"12:00\"", with: "\"12:00\", business_days: 1")),
    "rails.[].value_days": rail(
      plain + ", kind: correspondent", to: plain + ", kind: correspondent, value_days: 2"),
    "rails.[].latency": rail(plain, to: plain + ", latency: 9min"),
    "rails.[].unavailable_rate": rail(plain, to: plain + ", unavailable_rate: 0.5"),
    "rails.[].maximum_amount": rail(
      plain, to: plain + ", maximum_amount: 90 USD", given: "settlement.rail_choice=cheapest"),
    "rails.[].fee": rail(plain, to: plain.replacing("1 USD", with: "2 USD")),
    "rails.[].fee_tiers.[].from": rail(tiers, to: tiers.replacing("20", with: "5")),
    "rails.[].fee_tiers.[].fee": rail(tiers, to: tiers.replacing("0 USD", with: "0.5 USD")),
    "rails.[].prior_items": rail(tiers, to: tiers + ", prior_items: 19"),
    "rails.[].wire": rail(plain, to: plain + ", wire: 1 USD"),
  ]

  static let settlement: [String: KeyChange] = [
    "settlement.strategy": .cards("settlement.strategy=one_wire_per_payment"),
    "settlement.strategy.{fixed_window}.window": strategy("fixed_window", "window", "6h"),
    "settlement.strategy.{size_threshold}.payments": strategy("size_threshold", "payments", "3"),
    "settlement.strategy.{size_threshold}.window": strategy(
      "size_threshold, payments: 50", "window", "2h"),
    "settlement.strategy.{counterparty_consolidation}.fx_netting": strategy(
      "counterparty_consolidation", "fx_netting", "on"),
    "settlement.strategy.{counterparty_consolidation}.window": strategy(
      "counterparty_consolidation", "window", "6h"),
    "settlement.strategy.{bilateral_netting}.fx_netting": strategy(
      "bilateral_netting", "fx_netting", "on"),
    "settlement.strategy.{bilateral_netting}.window": strategy("bilateral_netting", "window", "1h"),
    "settlement.strategy.{multilateral_netting}.fx_netting": strategy(
      "multilateral_netting", "fx_netting", "on"),
    "settlement.strategy.{multilateral_netting}.window": strategy(
      "multilateral_netting", "window", "1h"),
    "settlement.strategy.{hybrid}.fx_netting": strategy("hybrid", "fx_netting", "on"),
    "settlement.strategy.{hybrid}.netting": strategy("hybrid", "netting", "multilateral"),
    "settlement.strategy.{hybrid}.window": strategy("hybrid", "window", "1h"),
    "settlement.strategy.{optimised}.fx_netting": strategy("optimised", "fx_netting", "on"),
    "settlement.strategy.{optimised}.grid": strategy(
      "optimised, fx_netting: on", "grid", "24h", given: "workload.transfers.payments=300"),
    "settlement.priced": .cards("settlement.priced=[merchant_day]"),
    "settlement.allowed_lateness": .cards("settlement.allowed_lateness=2h"),
    "settlement.workers": .cards(
      "settlement.workers=1", given: "settlement.task_time=20min", wired),
    "settlement.task_time": .cards("settlement.task_time=20min"),
    "settlement.payment_time": .cards("settlement.payment_time=20s"),
    "settlement.maximum_batch": .cards("settlement.maximum_batch=2"),
    "settlement.instruction_retry_delays": .cards(
      "settlement.instruction_retry_delays=[9min]", given: "rails.fedwire.unavailable_rate=0.5"),
    "settlement.rail_choice": .cards("settlement.rail_choice=cheapest", given: "rails=reference"),
  ]

  static let spot = "costs.infrastructure.spot_instances"
  static let cold = "costs.infrastructure.cold_tier"
  static let packed = "costs.infrastructure.compression"
  static let credited = [wired, scarce, "banks.overdraft_limit=900000 USD"]

  static let costs: [String: KeyChange] = [
    "costs.currency": .cards("costs.currency=EUR"),
    "costs.wire": .cards("costs.wire=9 USD"),
    "costs.batch_wire": .cards("costs.batch_wire=9 USD", given: "rails=[\(ach)]"),
    "costs.instant_wire": .cards("costs.instant_wire=9 USD", given: "rails=[\(instant)]"),
    "costs.correspondent_wire": .cards(
      "costs.correspondent_wire=9 USD", given: "rails=[\(correspondent)]"),
    "costs.consolidation_discount": .cards("costs.consolidation_discount=0.9"),
    "costs.discount_base": .cards("costs.discount_base=wire_and_spread"),
    "costs.discount_minimum": .cards("costs.discount_minimum=40"),
    "costs.infrastructure_per_month": .cards("costs.infrastructure_per_month=9 USD"),
    "costs.infrastructure.compute": .cards(
      "costs.infrastructure.compute=9 USD", given: infrastructure),
    "costs.infrastructure.database": .cards(
      "costs.infrastructure.database=9000 USD", given: infrastructure),
    "costs.infrastructure.bus": .cards("costs.infrastructure.bus=9000 USD", given: infrastructure),
    "costs.infrastructure.cache": .cards(
      "costs.infrastructure.cache=9000 USD", given: infrastructure),
    "costs.infrastructure.storage": .cards(
      "costs.infrastructure.storage=9000 USD", given: infrastructure),
    "costs.infrastructure.network": .cards(
      "costs.infrastructure.network=9000 USD", given: infrastructure),
    "costs.infrastructure.spot_instances.enabled": .cards(
      "\(spot).enabled=false", given: dear, "\(spot)={enabled: true}"),
    "costs.infrastructure.spot_instances.share": .cards(
      "\(spot).share=0.1", given: dear, "\(spot)={enabled: true}"),
    "costs.infrastructure.spot_instances.discount": .cards(
      "\(spot).discount=0.1", given: dear, "\(spot)={enabled: true}"),
    "costs.infrastructure.cold_tier.enabled": .cards(
      "\(cold).enabled=false", given: dear, "\(cold)={enabled: true}"),
    "costs.infrastructure.cold_tier.share": .cards(
      "\(cold).share=0.1", given: dear, "\(cold)={enabled: true}"),
    "costs.infrastructure.cold_tier.discount": .cards(
      "\(cold).discount=0.1", given: dear, "\(cold)={enabled: true}"),
    "costs.infrastructure.compression.enabled": .cards(
      "\(packed).enabled=false", given: dear, "\(packed)={enabled: true}"),
    "costs.infrastructure.compression.ratio": .cards(
      "\(packed).ratio=9", given: dear, "\(packed)={enabled: true}"),
    "costs.infrastructure.compression.storage_share": .cards(
      "\(packed).storage_share=0.1", given: dear, "\(packed)={enabled: true}"),
    "costs.infrastructure.compression.network_share": .cards(
      "\(packed).network_share=0.1", given: dear, "\(packed)={enabled: true}"),
    "costs.volume_discount.enabled": .cards(
      "costs.volume_discount.enabled=false", given: volume),
    "costs.volume_discount.payments_per_month": .cards(
      "costs.volume_discount.payments_per_month=1000000000", given: volume),
    "costs.volume_discount.rate": .cards("costs.volume_discount.rate=0.1", given: volume),
    "costs.volume_discount.base": .cards(
      "costs.volume_discount.base=infrastructure", given: volume),
    "costs.liquidity_rate": .transfers("costs.liquidity_rate=0.9"),
    "costs.delay_rate": .cards("costs.delay_rate=0.9"),
    "costs.missed_deadline": with(
      .transfers("costs.missed_deadline=9 USD", given: "time.settlement_horizon=4d"),
      [wired, scarce]
    ),
    "costs.unsettled_rate": with(
      .transfers("costs.unsettled_rate=0.9", given: "time.settlement_horizon=4d"), [wired, scarce]),
    "costs.unsettled_penalty": with(
      .transfers("costs.unsettled_penalty=9 USD", given: "time.settlement_horizon=4d"),
      [wired, scarce]),
    "costs.overdraft_rate": with(.transfers("costs.overdraft_rate=0.9"), credited),
    "costs.collateral_rate": with(
      .transfers("costs.collateral_rate=0.9", given: "interbank.collateral=900000 USD"),
      [wired, scarce]),
    "costs.chargeback_rate": .cards("costs.chargeback_rate=0.9"),
    "costs.chargeback_fee": .cards("costs.chargeback_fee=9000 USD"),
  ]

  static let volume =
    "costs.volume_discount={enabled: true, payments_per_month: 1, rate: 0.5}"
  static let dear =
    "costs.infrastructure={compute: 900000 USD, storage: 900000 USD, "
    + "network: 900000 USD}"
  static let other = "t2, chaps, bojnet"
  static let ach =
    "{name: ach, currency: USD, time_zone: UTC, \(batch)}, \(other)"
  static let instant =
    "{name: now, currency: USD, time_zone: UTC, open: \"00:00\", close: \"00:00\", "
    + "weekends: true, fee: 1 USD, kind: instant}, \(other)"
  static let correspondent =
    "{name: desk, currency: USD, time_zone: UTC, \(plain), kind: correspondent}, \(other)"
}
