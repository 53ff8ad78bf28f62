extension KeyChange {
  /// An entry of the schedule that is another, in a world in which payments wait.
  private static func scheduled(_ entry: String, to changed: String) -> KeyChange {
    KeyChange(
      world: .transfers,
      given: dollars + [
        wired, scarce, "time.settlement_horizon=4d",
        "interbank.mode={name: rtgs, queue_order: priority}", "interbank.schedule=[{\(entry)}]",
      ], set: "interbank.schedule=[{\(changed)}]")
  }

  private static let money = "bank: correspondent-1, amount: 9000 USD"

  static let schedule: [String: KeyChange] = [
    "interbank.schedule.[].at.time": scheduled(
      "at: {time: \"09:00\"}, action: add_liquidity, \(money)",
      to: "at: {time: \"11:00\"}, action: add_liquidity, \(money)"),
    "interbank.schedule.[].at.zone": scheduled(
      "at: {time: \"09:00\"}, action: add_liquidity, \(money)",
      to: "at: {time: \"09:00\", zone: America/New_York}, action: add_liquidity, \(money)"),
    "interbank.schedule.[].at.day": scheduled(
      "at: {time: \"09:00\"}, action: add_liquidity, \(money)",
      to: "at: {time: \"09:00\", day: 2}, action: add_liquidity, \(money)"),
    "interbank.schedule.[].action": scheduled(
      "at: 9h, action: add_liquidity, \(money)",
      to: "at: 9h, action: withdraw_liquidity, \(money)"),
    "interbank.schedule.[].bank": scheduled(
      "at: 9h, action: add_liquidity, \(money)",
      to: "at: 9h, action: add_liquidity, bank: correspondent-2, amount: 9000 USD"),
    "interbank.schedule.[].amount": scheduled(
      "at: 9h, action: add_liquidity, \(money)",
      to: "at: 9h, action: add_liquidity, bank: correspondent-1, amount: 90 USD"),
    "interbank.schedule.[].counterparty": scheduled(
      "at: 12h, action: cancel, bank: correspondent-1",
      to: "at: 12h, action: cancel, bank: correspondent-1, counterparty: correspondent-2"),
    "interbank.schedule.[].currency": .transfers(
      "interbank.schedule=[{at: 12h, action: cancel, bank: correspondent-1, currency: JPY}]",
      given: wired, scarce, "time.settlement_horizon=4d",
      "interbank.schedule=[{at: 12h, action: cancel, bank: correspondent-1}]"),
    "interbank.schedule.[].minimum": scheduled(
      "at: 12h, action: cancel, bank: correspondent-1",
      to: "at: 12h, action: cancel, bank: correspondent-1, minimum: 100000 USD"),
    "interbank.schedule.[].priority": scheduled(
      "at: 12h, action: prioritise, bank: correspondent-1, priority: high",
      to: "at: 12h, action: prioritise, bank: correspondent-1, priority: urgent"),
    "interbank.schedule.[].factor": scheduled(
      "at: 9h, action: arrival_rate, factor: 1", to: "at: 9h, action: arrival_rate, factor: 2"),
    "interbank.priority_rises.[].within": rises(
      "within: 1h, to: urgent", "within: 30h, to: urgent"),
    "interbank.priority_rises.[].to": rises("within: 30h, to: high", "within: 30h, to: urgent"),
  ]

  private static func rises(_ rule: String, _ changed: String) -> KeyChange {
    KeyChange(
      world: .transfers,
      given: dollars + [
        wired, scarce, "time.settlement_horizon=4d",
        "interbank.mode={name: rtgs, queue_order: priority}",
        "interbank.priority_rises=[{\(rule)}]",
      ], set: "interbank.priority_rises=[{\(changed)}]")
  }

  private static func priced(_ key: String, _ value: String, _ other: String) -> KeyChange {
    KeyChange(
      world: .transfers,
      given: dollars + [
        wired, scarce, "time.settlement_horizon=4d",
        "interbank.mode={name: rtgs, maximum_part: 9000}",
        "costs.interbank={\(other), \(key): \(value)}",
      ], set: "costs.interbank={\(other)}")
  }

  static let bankPrices: [String: KeyChange] = [
    "costs.interbank.liquidity_rate": priced("liquidity_rate", "2", "delay_rate: 1"),
    "costs.interbank.liquidity_period": priced("liquidity_period", "1h", "liquidity_rate: 1"),
    "costs.interbank.liquidity_base": priced(
      "liquidity_base", "allocated", "liquidity_rate: 1"),
    "costs.interbank.delay_rate": priced("delay_rate", "3", "liquidity_rate: 1"),
    "costs.interbank.delay_period": priced("delay_period", "2h", "delay_rate: 1"),
    "costs.interbank.priorities.urgent": priced("priorities", "{urgent: 3}", "delay_rate: 1"),
    "costs.interbank.priorities.high": KeyChange(
      world: .transfers,
      given: dollars + [
        wired, scarce, "time.settlement_horizon=4d",
        "interbank.priority_rises=[{within: 30h, to: high}]",
        "costs.interbank={delay_rate: 1}",
      ], set: "costs.interbank={delay_rate: 1, priorities: {high: 3}}"),
    "costs.interbank.priorities.normal": priced("priorities", "{normal: 3}", "delay_rate: 1"),
    "costs.interbank.after_deadline": priced("after_deadline", "5", "delay_rate: 1"),
    "costs.interbank.unsettled_at_close": priced(
      "unsettled_at_close", "9 USD", "delay_rate: 1"),
    "costs.interbank.split": priced("split", "9 USD", "delay_rate: 1"),
  ]
}
