import Text

extension Section where Root == AuthorizationSettings {
  static let authorization = Section(
    "Workers, fraud score, retry and circuit breaker.",
    workerFields + scoreFields + retryFields
  ) { settings, node, decoding in
    if settings.challengeScore >= settings.blockScore {
      decoding.report(
        in: node, under: ["challenge_score"], or: "block_score",
        "expected `challenge_score` (\(settings.challengeScore)) below `block_score` "
          + "(\(settings.blockScore))")
    }
    if settings.reviewScore >= settings.challengeScore {
      decoding.report(
        in: node, under: ["review_score"], or: "challenge_score",
        "expected `review_score` (\(settings.reviewScore)) below `challenge_score` "
          + "(\(settings.challengeScore))")
    }
    if settings.retryMaximumDelay < settings.retryDelay {
      decoding.report(
        in: node, under: ["retry_maximum_delay"], or: "retry_delay",
        "expected `retry_maximum_delay` (\(DurationText.text(settings.retryMaximumDelay))) of at "
          + "least `retry_delay` (\(DurationText.text(settings.retryDelay)))")
    }
  }

  private static var workerFields: [Field<AuthorizationSettings>] {
    [
      .init("workers", \.workers, .integer(1...1_000_000), "Workers of each cell."),
      .init(
        "token_vault_latency", \.tokenVaultLatency, .latency, "Latency of a token-vault look-up."),
      .init("fraud_latency", \.fraudLatency, .latency, "Latency of a fraud score."),
    ]
  }

  private static var scoreFields: [Field<AuthorizationSettings>] {
    [
      .init(
        "block_score", \.blockScore, .integer(0...100), "Score from which a payment is blocked."),
      .init(
        "challenge_score", \.challengeScore, .integer(0...100),
        "Score from which a payment is challenged (3-D Secure); below `block_score`."),
      .init(
        "review_score", \.reviewScore, .integer(0...100),
        "Score from which a payment is reviewed; below `challenge_score`."
      ).changing(.figures),
      .init(
        "challenge_share", \.challengeShare, .probability,
        "Part of the card payments that are challenged (3-D Secure) whatever their score, beside "
          + "those whose score asks for it; what the score blocks stays blocked."),
      .init(
        "challenge_time", \.challengeTime, .latency, "How long a cardholder takes over a challenge."
      ),
      .init(
        "challenge_abandon_share", \.challengeAbandonShare, .probability,
        "Part of the challenged cardholders that give up."),
    ]
  }

  private static var retryFields: [Field<AuthorizationSettings>] {
    [
      .init(
        "deadline", \.deadline, .duration(from: .least, to: .days(1)),
        "A call not answered within this time has an unknown outcome."),
      .init("retries", \.retries, .integer(0...20), "Retries after the first attempt."),
      .init(
        "retry_delay", \.retryDelay, .duration(from: .least, to: .days(1)),
        "Wait before the first retry."),
      .init(
        "retry_multiplier", \.retryMultiplier, .decimal(1...100),
        "Factor from one wait to the next."),
      .init(
        "retry_maximum_delay", \.retryMaximumDelay, .duration(from: .least, to: .days(1)),
        "Longest wait."),
      .init("retry_jitter", \.retryJitter, .probability, "Jitter as a part of the wait."),
      .init(
        "breaker_failures", \.breakerFailures, .integer(1...1_000_000),
        "Consecutive failures that open an acquirer's breaker."),
      .init(
        "breaker_open", \.breakerOpen, .duration(from: .least, to: .days(365)),
        "How long it stays open."),
      .init(
        "breaker_reopen", \.breakerReopen, .duration(from: .least, to: .days(365)),
        "How long it stays open after a failed probe."),
      .init(
        "hold_validity", \.holdValidity, .duration(from: .least, to: .days(3_650)),
        "How long an uncaptured hold lives."),
    ]
  }
}

extension Section where Root == AcquirerSettings {
  static let acquirer = Section(
    "An acquirer.",
    [
      .required("name", \.name, .name, "Name of the acquirer."),
      .init(
        "currencies", \.currencies,
        .list(of: .currency, base: .usd, count: 0...200, identity: { $0.code }),
        "Currencies it takes; empty means all."),
      .init(
        "regions", \.regions, .list(of: .name, base: "", count: 0...200, identity: { $0 }),
        "Regions it serves; empty means all."),
      .init(
        "preference", \.preference, .integer(1...1_000),
        "Order in the routing table: the lowest is the primary, the next the fallback."),
      .init("latency", \.latency, .latency, "Latency of an authorisation."),
      .init(
        "concurrency", \.concurrency, .integer(1...10_000_000),
        "Calls it works on at once, over all cells."),
      .init(
        "queue_limit", \.queueLimit, .duration(to: .days(1)),
        "A call that would wait longer is refused as unavailable."),
      .init(
        "approval_rate", \.approvalRate, .probability,
        "Part of the valid requests that the issuer approves."),
      .init(
        "unavailable_rate", \.unavailableRate, .probability,
        "Part of the calls answered at once with an error."),
      .init(
        "late_rate", \.lateRate, .probability,
        "Part of the calls whose answer comes after the deadline."),
      .init("file_format", \.fileFormat, .choice(), "Format of its settlement files.")
        .changing(.files),
      .init(
        "file_interval", \.fileInterval, .duration(from: .seconds(1), to: .days(365)),
        "How often it delivers a settlement file."),
      .init("fee_rate", \.feeRate, .probability, "Rate it charges."),
    ]
  ) { acquirer, node, decoding in
    if acquirer.unavailableRate + acquirer.lateRate > 1 {
      decoding.report(
        in: node, under: ["late_rate"], or: "unavailable_rate",
        "expected `late_rate` and `unavailable_rate` of at most 1 together")
    }
  }
}
