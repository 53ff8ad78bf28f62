import Text
import Money

extension Section where Root == MerchantSettings {
  static let merchants = Section(
    "Who is paid.",
    [
      .init("count", \.count, .integer(1...10_000_000), "Number of merchants."),
      .group(
        "skew", "Zipf-Mandelbrot: the weight of rank k is (k + offset)^-exponent.",
        [
          .init("exponent", \.skewExponent, .decimal(0...10), "Exponent; 0 makes all equal."),
          .init("offset", \.skewOffset, .decimal(0...1_000_000), "Offset of the rank."),
        ]),
      .init(
        "markets", \.markets,
        .list(
          of: Section<MerchantSettings.Market>.market.syntax, base: .base, count: 1...200,
          identity: { $0.country }),
        "Groups of merchants that share country, currency and clock; their shares sum to 1."),
      .init(
        "foreign_currency_share", \.foreignCurrencyShare, .probability,
        "Part of a merchant's payments made in a currency of another market."),
      .init(
        "fee_plans", \.feePlans,
        .list(
          of: Section<MerchantSettings.FeePlan>.feePlan.syntax, base: .base, count: 1...100,
          identity: { $0.name }),
        "What merchants pay for a captured payment; the shares sum to 1."),
      .init(
        "cut_off", \.cutOff, .timeOfDay, "Local time at which a merchant's business day ends."),
      .init(
        "cut_off_overrides", \.cutOffOverrides,
        .list(
          of: Section<MerchantSettings.CutOffOverride>.cutOff.syntax, base: .base, count: 0...100),
        "Other cut-offs and the parts of the merchants that have them."),
      .group(
        "risk_shares", "Parts of the merchants at each risk level; they sum to 1.",
        [
          .computed(
            "low", get: { $0.riskShares.low }, set: { $0.riskShares.low = $1 }, base: 0,
            .probability, "Low risk."),
          .computed(
            "medium", get: { $0.riskShares.medium }, set: { $0.riskShares.medium = $1 }, base: 0,
            .probability, "Medium risk."),
          .computed(
            "high", get: { $0.riskShares.high }, set: { $0.riskShares.high = $1 }, base: 0,
            .probability, "High risk."),
        ]),
      .init(
        "acquirer_override_share", \.acquirerOverrideShare, .probability,
        "Part of the merchants that override the routing table with an acquirer of their own."),
      .init(
        "rate_limit_per_second", \.rateLimitPerSecond, .decimal(0.001...10_000_000),
        "Payments a second that the gateway takes from one merchant, to a thousandth."),
      .init(
        "rate_limit_burst", \.rateLimitBurst, .integer(1...100_000_000),
        "Payments of one merchant that the gateway takes at once."),
    ], retired: ["categories"],
    check: { merchants, node, decoding in
      checkShares(merchants, node, &decoding)
      checkBurst(merchants, node, &decoding)
    })

  /// A burst that can be counted in the parts of the rate's tokens.
  private static func checkBurst(
    _ merchants: MerchantSettings, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    let (rate, largest) = (merchants.rateLimitPerSecond, merchants.tokenRate.largestBurst)
    guard merchants.rateLimitBurst > largest else { return }
    decoding.report(
      in: node, under: ["rate_limit_burst"],
      "expected at most \(grouped(Int(largest))) at a rate with decimals, "
        + "\(NumberText.text(rate)) a second; or a whole rate")
  }

  /// A sum for people: the check's tolerance is far below these decimals.
  private static func rounded(_ sum: Double) -> String {
    NumberText.text((sum * 1e12).rounded() / 1e12)
  }

  /// Shares that must sum to 1, and those that must not exceed it.
  private static func checkShares(
    _ merchants: MerchantSettings, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    func check(_ key: String, _ shares: [Double], _ decoding: inout Decoding) {
      let sum = shares.reduce(0, +)
      guard abs(sum - 1) > 1e-9 else { return }
      decoding.report(
        in: node, under: [key], "expected shares that sum to 1, found \(rounded(sum))")
    }
    check("markets", merchants.markets.map(\.share), &decoding)
    check("fee_plans", merchants.feePlans.map(\.share), &decoding)
    let risk = merchants.riskShares
    check("risk_shares", [risk.low, risk.medium, risk.high], &decoding)
    let overrides = merchants.cutOffOverrides.map(\.share).reduce(0, +)
    if overrides > 1 + 1e-9 {
      decoding.report(
        in: node, under: ["cut_off_overrides"],
        "expected shares that sum to at most 1, found \(rounded(overrides))")
    }
  }
}

extension MerchantSettings.Market {
  static let base = MerchantSettings.Market(
    country: "", region: "", timeZone: "UTC", currency: .usd, settlementCurrency: .usd, share: 0)
}

extension MerchantSettings.FeePlan {
  static let base = MerchantSettings.FeePlan(
    name: "", share: 0, rate: 0, fixed: MoneyAmount(minorUnits: 0, currency: .usd))
}

extension MerchantSettings.CutOffOverride {
  static let base = MerchantSettings.CutOffOverride(share: 0, at: TimeOfDay(hour: 0, minute: 0))
}

extension Section where Root == MerchantSettings.Market {
  static let market = Section(
    "Merchants that share country, currency and clock.",
    [
      .required("country", \.country, .country, "Country code of ISO 3166-1.")
        .changing(.text),
      .required("region", \.region, .name, "Region whose cells serve the merchants."),
      .required("time_zone", \.timeZone, .timeZone, "IANA time zone."),
      .required(
        "currency", \.currency, .currency, "Currency in which customers mostly pay."),
      .required(
        "settlement_currency", \.settlementCurrency, .currency,
        "Currency in which merchants are paid out."),
      .required("share", \.share, .probability, "Part of all merchants."),
    ])
}

extension Section where Root == MerchantSettings.FeePlan {
  static let feePlan = Section(
    "A fee plan.",
    [
      .required("name", \.name, .name, "Name of the plan.").changing(.text),
      .required("share", \.share, .probability, "Part of the merchants on this plan."),
      .required("rate", \.rate, .probability, "Part of the amount: 0.029 is 2.9 %."),
      .required("fixed", \.fixed, .money(), "Fixed fee for each captured payment."),
    ])
}

extension Section where Root == MerchantSettings.CutOffOverride {
  static let cutOff = Section(
    "A cut-off that a part of the merchants has.",
    [
      .required("share", \.share, .probability, "Part of the merchants."),
      .required("at", \.at, .timeOfDay, "Their local cut-off."),
    ])
}

extension Section where Root == BankSettings {
  static let banks = Section(
    "The participants of the rails.",
    [
      .init("issuers", \.issuers, .integer(1...256), "Banks that issue cards."),
      .init(
        "merchant_banks", \.merchantBanks, .integer(1...5_000),
        "Banks that hold merchants' payout accounts."),
      .init(
        "correspondents", \.correspondents, .integer(0...5_000),
        "Banks whose customers send and receive the transfers of `workload.transfers`; 0 leaves "
          + "them to `named`."),
      .init(
        "named", \.named,
        .list(
          of: Section<ParticipantSettings>.named.syntax, base: ParticipantSettings(name: ""),
          count: 0...5_000, identity: { $0.name }),
        "Banks with names and terms of their own, beside the correspondents: those that "
          + "`workload.transfers.trace` names. They take part once there are transfers."),
      .optional(
        "file", \.file, base: "", .file,
        "CSV file of more such banks, relative to the scenario file: columns name, currency and "
          + "balance, and optionally overdraft_limit, credit_cap, collateral, net_debit_cap, "
          + "bilateral_limit and reserve_for_urgent, in units of the row's currency. A bank has a "
          + "row for each of its currencies; an empty amount is not given."),
      .init(
        "opening_balance", \.openingBalance, .money(),
        "Balance of a bank's account in each currency at the start, converted at mid."),
      .init(
        "overdraft_limit", \.overdraftLimit, .money(),
        "How far an account may go below zero, in each currency, converted at mid."),
      .init(
        "failures", \.failures,
        .list(
          of: Section<BankFailure>.failure.syntax, base: BankFailure(bank: "", at: .zero),
          count: 0...1_000, identity: { $0.bank }),
        "Banks of `correspondents`, `named` or `file` that fail. Transfers to and from such a bank "
          + "that are not final are reversed, final ones that it cannot credit any more are "
          + "answered by returning payments; card payments and deals with the dealer go on."),
    ])
}

extension Section where Root == BankFailure {
  static let failure = Section(
    "A bank that fails at an instant.",
    [
      .required("bank", \.bank, .word, "Name of the bank as in results: correspondent-3."),
      .required(
        "at", \.at, .duration(to: .days(73_050)), "When it fails, from the start of the run."),
      .init(
        "uncredited", \.uncredited, .duration(to: .days(365)),
        "How long before its failure the bank credited its customers for the last time: transfers "
          + "that became final since then are answered by returning payments."),
    ])
}
