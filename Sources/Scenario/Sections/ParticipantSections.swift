extension Section where Root == ParticipantSettings {
  /// An entry of `interbank.participants`.
  static let participant = Section(
    "What differs for one participant. An amount holds in each currency, converted at mid, or is "
      + "given for some: {USD: \"5.00 USD\"}; in others the general one holds.",
    [
      .required(
        "name", \.name, .word,
        "Name of the bank as in results: issuer-1, merchant-bank-2, correspondent-3, "
          + "northbank-settlement, platform-cell-0."),
      .amount("opening_balance", \.openingBalance, "Instead of `banks.opening_balance`."),
    ] + terms)

  /// An entry of `banks.named`.
  static let named = Section(
    "A bank with a name and terms of its own. An amount holds in each currency, converted at mid, "
      + "or is given for some: {USD: \"5.00 USD\"}; in others the general one holds.",
    [
      .required(
        "name", \.name, .bankName,
        "Name of the bank, as files of payments and results call it."),
      .amount(
        "balances", \.openingBalance,
        "Instead of `banks.opening_balance`: balance at the start; where it is given for some "
          + "currencies, the bank has nothing in the others."),
    ] + terms)

  /// What both have.
  private static let terms: [Field<ParticipantSettings>] = [
    .amount("overdraft_limit", \.overdraftLimit, "Instead of `banks.overdraft_limit`."),
    .amount("credit_cap", \.creditCap, "Instead of `interbank.credit_cap`."),
    .amount("collateral", \.collateral, "Instead of `interbank.collateral`."),
    .optional(
      "haircut", \.haircut, base: 0, .probability, "Instead of `interbank.haircut`."),
    .amount("net_debit_cap", \.netDebitCap, "Instead of `interbank.net_debit_cap`."),
    .amount("bilateral_limit", \.bilateralLimit, "Instead of `interbank.bilateral_limit`."),
    .computed(
      "bilateral_limits", get: { $0.bilateralLimits.map { ($0.bank, $0.limit) } },
      set: { $0.bilateralLimits = $1.map { (bank: $0.0, limit: $0.1) } }, base: [],
      .table(keys: .word, key: "", cells: .bankAmount, base: .converted(.usdZero)),
      "Limits towards single participants, by name."),
    .amount(
      "reserve_for_urgent", \.reserveForUrgent, "Instead of `interbank.reserve_for_urgent`."),
    .optional(
      "release", \.release, base: ReleaseSettings(), Section<ReleaseSettings>.release.syntax,
      "Instead of `interbank.release`."),
  ]
}

extension Field where Root == ParticipantSettings {
  /// An amount that may be absent.
  fileprivate static func amount(
    _ key: String, _ property: Property<ParticipantSettings, BankAmount?>, _ description: String
  ) -> Field {
    .optional(key, property, base: .converted(.usdZero), .bankAmount, description)
  }
}
