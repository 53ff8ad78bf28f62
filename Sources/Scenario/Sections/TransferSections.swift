import Text
import Money

extension Section where Root == TransferWorkload {
  static let transfers = Section(
    "Payments from account to account between customers of `banks.correspondents`.",
    [
      .init(
        "payments", \.payments, .integer(0...1_000_000_000),
        "Exactly this many transfers over `time.duration`, drawn; 0 is none."),
      .optional(
        "trace", \.trace, base: TransferTrace(file: ""), Section<TransferTrace>.trace.syntax,
        "Payments between banks that a CSV file records, beside those drawn."),
      .init(
        "originators", \.originators, .integer(1...5_000),
        "Banks whose customers send: the first of `banks.correspondents`."),
      .init(
        "counterparties", \.counterparties, .integer(1...5_000),
        "Banks whose customers receive: the first of `banks.correspondents`."),
      .init(
        "counterparty_skew", \.counterpartySkew, .decimal(0...10),
        "Zipf: the weight of the counterparty of rank k is k^-skew."),
      .currencyWeights(
        "source_currencies", \.sourceCurrencies, "Weights of the currencies that are sent."),
      .currencyWeights(
        "destination_currencies", \.destinationCurrencies,
        "Weights of the currencies that are received, for the cross-currency share."),
      .init(
        "cross_currency_share", \.crossCurrencyShare, .probability,
        "Part of the transfers whose destination currency is drawn from `destination_currencies`; "
          + "the others keep their currency."),
      .group(
        "amounts", "Amounts, converted at mid to the currency that is sent.", amountFields),
      .init(
        "maximum_amount", \.maximumAmount, .money(positive: true),
        "Largest amount; larger draws are cut to it."),
      .init(
        "windows", \.windows, Section<TransferWorkload.Windows>.windows.syntax,
        "Parts of the transfers by the latest window in which they may settle; they sum to 1."),
      .init(
        "hour_weights", \.hourWeights, .weights(24), "Weights of the UTC hours 0 to 23."),
      .init(
        "weekday_weights", \.weekdayWeights, .weights(7),
        "Weights of the UTC weekdays, Monday first."),
      .init(
        "return_share", \.returnShare, .probability,
        "Part of the settled transfers that the receiving bank returns."),
    ],
    check: checkBanks)

  private static func checkBanks(
    _ transfers: TransferWorkload, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    if transfers.originators == 1, transfers.counterparties == 1 {
      decoding.report(
        in: node, under: ["counterparties"], or: "originators",
        "expected two banks at least, found one that would send to itself")
    }
  }

  private static var amountFields: [Field<TransferWorkload>] {
    [
      .computed(
        "log_normal",
        get: {
          if case .logNormal(let mean, let sigma) = $0.amounts {
            MoneyLogNormal(mean: mean, sigma: sigma)
          } else {
            nil
          }
        }, set: { $0.amounts = .logNormal(mean: $1.mean, sigma: $1.sigma) },
        base: MoneyLogNormal(), MoneyLogNormal.section.syntax, "A log-normal distribution.",
        excludes: "amounts"),
      .computed(
        "quantiles", get: { if case .quantiles(let points) = $0.amounts { points } else { nil } },
        set: { $0.amounts = .quantiles($1) }, base: [(0, 1), (1, 100)],
        .quantiles(0...1_000_000_000_000),
        "Ascending [probability, US dollars] pairs from 0 to 1.", excludes: "amounts"),
      .computed(
        "constant", get: { if case .constant(let value) = $0.amounts { value } else { nil } },
        set: { $0.amounts = .constant($1) }, base: .usdZero, .money(positive: true),
        "Every amount is the same.", excludes: "amounts"),
    ]
  }
}

/// Parameters of a log-normal distribution of amounts of money.
struct MoneyLogNormal: Sendable {
  var mean = MoneyAmount(minorUnits: 5_000_00, currency: .usd)
  var sigma = 1.2
  static let section = Section<MoneyLogNormal>(
    "A log-normal distribution.",
    [
      .init("mean", \.mean, .money(positive: true), "Mean amount."),
      .init("sigma", \.sigma, .decimal(0...5, above: true), "Deviation of the logarithm."),
    ])
}

extension Section where Root == TransferWorkload.Windows {
  static let windows = Section(
    "Parts of the transfers by the latest window in which they may settle; they sum to 1.",
    [
      .init("rtgs", \.rtgs, .probability, "At once, gross: urgent."),
      .init("same_day", \.sameDay, .probability, "On the day of the order."),
      .init("next_day", \.nextDay, .probability, "On the next business day."),
      .init("second_day", \.secondDay, .probability, "On the second business day."),
    ]
  ) { windows, node, decoding in
    let sum = windows.rtgs + windows.sameDay + windows.nextDay + windows.secondDay
    guard abs(sum - 1) > 1e-9 else { return }
    decoding.report(
      node, "expected shares that sum to 1, found \(NumberText.text((sum * 1e12).rounded() / 1e12))"
    )
  }
}

extension Field where Root == TransferWorkload {
  /// A table of weights of currencies, of which at least one is above zero.
  fileprivate static func currencyWeights(
    _ key: String, _ property: Property<Root, [(currency: Currency, weight: Double)]>,
    _ description: String
  ) -> Field {
    let table = Syntax<[(Currency, Double)]>.table(
      keys: .currency, key: .usd, cells: .decimal(0...1_000_000), base: 1, minimum: 1)
    let syntax = Syntax<[(Currency, Double)]>(
      schema: table.schema,
      decode: { node, current, decoding in
        guard let weights = table.decode(node, current, &decoding) else { return nil }
        guard weights.contains(where: { $0.1 > 0 }) else {
          decoding.report(node, "expected at least one weight above zero, found zeros")
          return nil
        }
        return weights
      }, show: table.show)
    return .computed(
      key, get: { $0[keyPath: property].map { ($0.currency, $0.weight) } },
      set: { $0[keyPath: property] = $1.map { (currency: $0.0, weight: $0.1) } }, base: [], syntax,
      description)
  }
}
