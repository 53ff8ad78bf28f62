/// The world of named banks whose payments are read from a file.
enum KeyRecords {
  static let scenario = """
    name: keys
    time: {date: "2026-03-02", duration: 1d, settlement_horizon: 2d}
    cells: {per_region: 1}
    merchants:
      count: 1
      markets:
        - {country: US, region: a, time_zone: UTC, currency: USD, settlement_currency: USD,
           share: 1}
    banks:
      issuers: 1
      merchant_banks: 1
      correspondents: 0
      opening_balance: "500 USD"
      named: [{name: A, balances: {USD: 300 USD}}, {name: B}, {name: C}]
    workload:
      generated: {payments: 0}
      transfers:
        trace: {file: TRACE, malformed_rows: report, duplicate_rows: report,
                unordered_rows: report}
    rails:
      - {name: gross, currency: USD, time_zone: UTC, open: "00:00", close: "00:00",
         weekends: true, unavailable_rate: 0, latency: 0s, fee: "0 USD"}
      - {name: euro, currency: EUR, time_zone: UTC, open: "00:00", close: "00:00",
         weekends: true, unavailable_rate: 0, latency: 0s, fee: "0 USD"}
    fx: {usd_per_unit: {USD: 1, EUR: 1.25}, spreads: {EUR/USD: 1}}
    settlement: {strategy: one_wire_per_payment, priced: [one_wire_per_payment]}
    costs: {unsettled_penalty: "1 USD"}
    """

  static let rows = """
    id,time,payer,payee,amount,currency,other_id,other_time,other_payer,other_payee,other_amount,\
    other_currency,into,urgency,latest,first,tie,day,clock,zone,grouped,slashed
    p1,2026-03-02 08:00,A,B,200.00,USD,x1,2026-03-02 08:30,C,C,20.00,EUR,EUR,urgent,09:00,10:00,t,\
    2026-03-02,08:00,CET,"1,200.00",2/3/2026 08:00
    p2,2026-03-02 08:10,A,C,250.00,USD,x1,2026-03-02 08:40,B,B,20.00,USD,,2,12:00,,t,\
    2026-03-02,08:10,CET,"1,250.00",2/3/2026 08:10
    p2,2026-03-02 08:20,C,A,100.00,USD,x3,2026-03-02 08:50,B,B,30.00,USD,,0,12:00,,,\
    2026-03-02,08:20,CET,"1,100.00",2/3/2026 08:20
    p4,2026-03-02 08:05,B,A,60.00,USD,x4,2026-03-02 08:55,C,C,40.00,USD,,0,12:00,,,\
    2026-03-02,08:05,UTC,"1,060.00",2/3/2026 08:05
    p5,2026-03-02 08:30,A,Nobody,60.00,USD,x5,2026-03-02 09:00,C,B,50.00,USD,,1,12:00,,,\
    2026-03-02,08:30,UTC,"1,061.00",2/3/2026 08:30
    p6,2026-03-02 09:00,A,B,90.00,USD,x6,2026-03-02 09:10,C,B,60.00,USD,,0,12:00,,,\
    2026-03-02,09:00,UTC,"1,090.00",2/3/2026 09:00

    """
}

extension KeyRecords {
  /// A bank that a row names and the scenario does not.
  static let banks = "name,currency,balance\nNobody,USD,5.00\n"
}

extension KeyChange {
  private static func column(_ key: String, _ name: String) -> KeyChange {
    .recorded("workload.transfers.trace.columns.\(key)=\(name)")
  }

  private static func rows(_ setting: String, given: String...) -> KeyChange {
    KeyChange(
      world: .recorded, given: given.map { "workload.transfers.trace.\($0)" },
      set: "workload.transfers.trace.\(setting)")
  }

  /// Terms of the bank that pays most, which has too little.
  private static func poor(_ terms: String, before: String = "") -> KeyChange {
    let balance = "balances: {USD: 300 USD}"
    return named("\(balance), \(terms)", before: before.isEmpty ? balance : "\(balance), \(before)")
  }

  /// Terms of the bank that pays most.
  private static func named(_ terms: String, before: String = "", given: String...) -> KeyChange {
    func banks(_ terms: String) -> String {
      "banks.named=[{name: A\(terms.isEmpty ? "" : ", " + terms)}, {name: B}, {name: C}]"
    }
    return KeyChange(world: .recorded, given: given + [banks(before)], set: banks(terms))
  }

  static let recorded: [String: KeyChange] = [
    "results.payments": .recorded("results.payments=none"),
    "interbank.schedule.[].payment": .recorded(
      "interbank.schedule=[{at: 12h, action: cancel, payment: p6}]",
      given: "interbank.schedule=[{at: 12h, action: cancel, payment: p2}]"),
    "banks.file": .recorded("banks.file=BANKS"),
    "banks.named.[].name": .recorded(
      "banks.named=[{name: D, balances: {USD: 300 USD}}, {name: B}, {name: C}]"),
    "banks.named.[].balances": named("balances: {USD: 100 USD}"),
    "banks.named.[].overdraft_limit": poor("overdraft_limit: {USD: 900 USD}"),
    "banks.named.[].credit_cap": poor(
      "collateral: 9000 USD, credit_cap: {USD: 10 USD}", before: "collateral: 9000 USD"),
    "banks.named.[].collateral": poor("collateral: {USD: 900 USD}"),
    "banks.named.[].haircut": poor(
      "collateral: 100 USD, haircut: 0.9", before: "collateral: 100 USD, haircut: 0.0"),
    "banks.named.[].net_debit_cap": named("net_debit_cap: {USD: 210 USD}"),
    "banks.named.[].bilateral_limit": named("bilateral_limit: {USD: 210 USD}"),
    "banks.named.[].bilateral_limits": named("bilateral_limits: {C: {USD: 210 USD}}"),
    "banks.named.[].reserve_for_urgent": named("reserve_for_urgent: {USD: 400 USD}"),
    "banks.named.[].release.rule": named("release: {rule: urgency}"),
    "banks.named.[].release.lead_time": named(
      "release: {rule: urgency, lead_time: 5h}", before: "release: {rule: urgency, lead_time: 1h}"),
    "banks.named.[].release.received_share": named(
      "release: {rule: position, received_share: 9}",
      before: "release: {rule: position, received_share: 1}"),
    "banks.named.[].release.at": named(
      "release: {rule: time, at: \"12:00\"}", before: "release: {rule: time, at: \"11:00\"}"),
    "workload.transfers.trace.file": rows("file=missing.csv"),
    "workload.transfers.trace.columns.id": column("id", "other_id"),
    "workload.transfers.trace.columns.time": column("time", "other_time"),
    "workload.transfers.trace.columns.date": .recorded(
      "workload.transfers.trace.columns.date=day",
      given: "workload.transfers.trace.columns.time=clock", "time.date=2026-03-01",
      "time.duration=2d", "time.settlement_horizon=4d"),
    "workload.transfers.trace.columns.time_zone": column("time_zone", "zone"),
    "workload.transfers.trace.columns.payer": column("payer", "other_payer"),
    "workload.transfers.trace.columns.payee": column("payee", "other_payee"),
    "workload.transfers.trace.columns.amount": column("amount", "other_amount"),
    "workload.transfers.trace.columns.currency": column("currency", "other_currency"),
    "workload.transfers.trace.columns.to_currency": column("to_currency", "into"),
    "workload.transfers.trace.columns.priority": column("priority", "urgency"),
    "workload.transfers.trace.columns.deadline": column("deadline", "latest"),
    "workload.transfers.trace.columns.not_before": column("not_before", "first"),
    "workload.transfers.trace.columns.group": column("group", "tie"),
    "workload.transfers.trace.decimal_mark": rows("decimal_mark=comma"),
    "workload.transfers.trace.thousands": rows(
      "thousands=comma", given: "columns.amount=grouped"),
    "workload.transfers.trace.date_order": rows(
      "date_order=day_first", given: "columns.time=slashed"),
    "workload.transfers.trace.time_zone": rows("time_zone=Asia/Kolkata"),
    "workload.transfers.trace.sort": rows("sort=true", given: "unordered_rows=refuse"),
    "workload.transfers.trace.amount_unit": rows(
      "amount_unit=minor", given: "columns.amount=other_amount"),
    "workload.transfers.trace.malformed_rows": rows("malformed_rows=refuse"),
    "workload.transfers.trace.duplicate_rows": rows("duplicate_rows=refuse"),
    "workload.transfers.trace.unordered_rows": rows("unordered_rows=refuse"),
  ]
}
