import Declared

/// Money of currencies, acquirers and merchants.
extension RunTables {
  static let money = [totals, deals, acquirers, merchants]

  private static let totals = RunTable(
    "money", "Money",
    note: "Settled is what merchants were paid less what was collected from them.",
    zeros: .hideRows, rows: \.money,
    columns: [
      .name("currency", "currency", "ISO 4217 code") { $0.currency },
      .money("authorized", "authorised", "Put on hold by approvals") { $0.amount($0.authorized) },
      .money("captured", "captured", "Captured") { $0.amount($0.captured) },
      TableColumn.money("voided", "voided", "Given back before the cut-off, without fees") {
        $0.amount($0.voided)
      }.rare,
      .money("refunded", "refunded", "Refunded") { $0.amount($0.refunded) },
      .money("settled", "settled", "Paid to merchants less what was collected") {
        $0.amount($0.settled)
      },
      .money("fees", "fees", "Fees kept") { $0.amount($0.fees) },
      TableColumn.money("fees_cut", "fees cut", "What fees were above the payments they took") {
        $0.amount($0.feesCut)
      }.detail,
    ])

  /// What the platform sold and bought to cover the currencies that merchants are paid in.
  private static let deals = RunTable(
    "platform_deals", "Currency deals of the platform", zeros: .hideRows, rows: \.money,
    columns: [
      .name("currency", "currency", "ISO 4217 code") { $0.currency },
      .money("sold", "sold", "Paid to the dealer") { $0.amount($0.sold) },
      .money("bought", "bought", "Received from the dealer") { $0.amount($0.bought) },
    ])

  private static let acquirers = RunTable(
    "acquirers", "Acquirers", zeros: .hideRows, rows: \.acquirers,
    columns: [
      .name("name", "acquirer", "The acquirer") { $0.name },
      .count("calls", "calls", "Authorisation calls, retries included") { $0.calls },
      .count("approved", "approved", "Calls it approved") { $0.approved },
      .count("declined", "declined", "Calls it declined") { $0.declined },
      .count("unavailable", "unavailable", "Calls answered with an error, or refused") {
        $0.unavailable
      },
      .count("late", "late", "Calls answered after the deadline") { $0.late },
      .count("breaker_opens", "breaker", "Times one of its breakers opened") { $0.breakerOpens },
      .count("failovers", "failover", "Payments that went elsewhere because of it") {
        $0.failovers
      },
    ])

  private static let merchants = RunTable(
    "merchants", "Merchants", note: "Those with the most payments stand first.",
    zeros: .hideRows, prominence: .detail, limit: .init(10), rows: \.merchants,
    columns: [
      .name("name", "merchant", "The merchant") { $0.name },
      .count("payments", "payments", "Accepted payments") { $0.payments },
      .currency { $0.captured.currency },
      .money("captured", "captured", "Captured, in the merchant's settlement currency") {
        $0.captured
      },
      .money("settled", "settled", "Paid out, net of fees and of what was collected") {
        $0.settled
      },
    ])
}
