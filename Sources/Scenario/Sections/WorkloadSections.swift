extension Section where Root == WorkloadSettings {
  static let workload = Section(
    "The payments, generated or read from a trace.",
    [
      .computed(
        "generated", get: generated, set: { $0.source = .generated($1) },
        base: GeneratedWorkload(), Section<GeneratedWorkload>.generated.syntax,
        "Payments drawn from an arrival process.", excludes: "source"),
      .computed(
        "trace", get: trace, set: { $0.source = .trace($1) }, base: TraceWorkload(file: ""),
        Section<TraceWorkload>.trace.syntax, "Payments replayed from a CSV file.",
        excludes: "source"),
      .init(
        "transfers", \.transfers, Section<TransferWorkload>.transfers.syntax,
        "Payments from account to account between banks' customers, beside the card flow."),
      .init(
        "capture", \.capture, Section<CaptureSettings>.capture.syntax,
        "When an approved payment is captured."),
      .init(
        "client", \.client, Section<ClientSettings>.client.syntax,
        "How merchants' clients behave."),
    ])

  @Sendable private static func generated(_ workload: WorkloadSettings) -> GeneratedWorkload? {
    if case .generated(let generated) = workload.source { generated } else { nil }
  }

  @Sendable private static func trace(_ workload: WorkloadSettings) -> TraceWorkload? {
    if case .trace(let trace) = workload.source { trace } else { nil }
  }
}

extension Section where Root == GeneratedWorkload {
  static let generated = Section(
    "Payments drawn from an arrival process.",
    [
      .computed(
        "payments", get: { if case .payments(let count) = $0.volume { count } else { nil } },
        set: { $0.volume = .payments($1) }, base: 0, .integer(0...GeneratedWorkload.mostPayments),
        "Exactly this many payments over `time.duration`; 0 leaves the day to `transfers`.",
        excludes: "volume"),
      .computed(
        "rate", get: { if case .rate(let rate) = $0.volume { rate } else { nil } },
        set: { $0.volume = .rate($1) }, base: 1, .decimal(0...1_000_000, above: true),
        "Mean payments a second over `time.duration`.", excludes: "volume"),
      .init(
        "hour_weights", \.hourWeights, .weights(24),
        "Weights of the local hours 0 to 23; all equal is flat."),
      .init(
        "weekday_weights", \.weekdayWeights, .weights(7), "Weights of the weekdays, Monday first."),
      .init(
        "bursts", \.bursts,
        .list(of: Section<GeneratedWorkload.Burst>.burst.syntax, base: .base, count: 0...1_000),
        "Repeated intervals in which payments arrive faster."),
      .group(
        "amounts", "Amounts: one curve, times a factor for each currency.", amountFields),
      .init(
        "account_to_account_share", \.accountToAccountShare, .probability,
        "Part of the payments that go from account to account instead of over a card."),
      .init(
        "fraud_share", \.fraudShare, .probability,
        "Part of the payments that are fraud in truth, hidden from the pipeline."),
      .init(
        "invalid_share", \.invalidShare, .probability,
        "Part of the requests that are malformed and must be refused."),
    ])

  private static var amountFields: [Field<GeneratedWorkload>] {
    [
      .computed(
        "quantiles", get: { if case .quantiles(let points) = $0.amounts { points } else { nil } },
        set: { $0.amounts = .quantiles($1) }, base: [(0, 1), (1, 100)],
        .quantiles(0...1_000_000_000),
        "Ascending [probability, amount] pairs from 0 to 1.", excludes: "amounts"),
      .computed(
        "log_normal",
        get: {
          if case .logNormal(let mu, let sigma) = $0.amounts {
            .init(mu: mu, sigma: sigma)
          } else {
            nil
          }
        }, set: { $0.amounts = .logNormal(mu: $1.mu, sigma: $1.sigma) }, base: LogNormalForm(),
        LogNormalForm.section.syntax, "A log-normal distribution.", excludes: "amounts"),
      .computed(
        "constant", get: { if case .constant(let value) = $0.amounts { value } else { nil } },
        set: { $0.amounts = .constant($1) }, base: 1, .decimal(0...1_000_000_000, above: true),
        "Every amount is the same.", excludes: "amounts"),
      .computed(
        "scale", get: { $0.amountScale.map { ($0.currency, $0.factor) } },
        set: { $0.amountScale = $1.map { (currency: $0.0, factor: $0.1) } }, base: [],
        .table(
          keys: .currency, key: .usd, cells: .decimal(0...1_000_000, above: true), base: 1),
        "Factor from the curve to each currency; one not named uses the mid rate from BRL."),
    ]
  }
}

/// Parameters of a log-normal distribution of amounts.
struct LogNormalForm: Sendable {
  var mu = 0.0
  var sigma = 1.0
  static let section = Section<LogNormalForm>(
    "A log-normal distribution.",
    [
      .required("mu", \.mu, .decimal(-20...20), "Mean of the logarithm."),
      .required("sigma", \.sigma, .decimal(0...5, above: true), "Deviation of the logarithm."),
    ])
}

extension GeneratedWorkload.Burst {
  static let base = GeneratedWorkload.Burst(
    start: .zero, every: .zero, length: .zero, factor: 1)
}

extension Section where Root == GeneratedWorkload.Burst {
  static let burst = Section(
    "A repeated interval in which payments arrive faster.",
    [
      .init(
        "start", \.start, .duration(to: .days(36_525)), "First start, after the start of the run."),
      .required(
        "every", \.every, .duration(from: .seconds(1), to: .days(36_525)),
        "Time from one start to the next."),
      .required(
        "length", \.length, .duration(from: .seconds(1), to: .days(36_525)),
        "How long a burst lasts."),
      .required(
        "factor", \.factor, .decimal(0...1_000, above: true), "Multiplies the rate."),
    ]
  ) { burst, node, decoding in
    if burst.length > burst.every {
      decoding.report(
        in: node, under: ["length"], "expected at most `every`, bursts must not overlap")
    }
  }
}

extension Section where Root == CaptureSettings {
  static let capture = Section(
    "When an approved payment is captured.",
    [
      .init(
        "immediate_share", \.immediateShare, .probability,
        "Part captured at once, with the authorisation."),
      .init(
        "delay_hours", \.delayHours, .quantiles(0...10_000),
        "Delay of the rest: ascending [probability, hours] pairs from 0 to 1."),
      .init(
        "partial_share", \.partialShare, .probability,
        "Part of the delayed captures that take only a part of the amount."),
      .init(
        "partial_fraction", \.partialFraction, .probability, "Which part of the amount they take."),
    ])
}

extension Section where Root == ClientSettings {
  static let client = Section(
    "How merchants' clients behave.",
    [
      .init(
        "duplicate_share", \.duplicateShare, .probability,
        "Part of the requests sent again with the same idempotency key."),
      .init(
        "duplicate_delay", \.duplicateDelay, .latency,
        "When a duplicate is sent, after the first."),
      .init(
        "altered_share", \.alteredShare, .probability,
        "Part of the duplicates whose body differs."),
      .init(
        "retries", \.retries, .integer(0...20), "How often a client sends again after 429 or 503."),
      .init(
        "retry_delay", \.retryDelay, .duration(from: .least, to: .seconds(3_600)),
        "First wait before that; it doubles."),
    ])
}
