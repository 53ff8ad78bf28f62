import Text
import Money

extension Duration {
  /// The shortest that there is: a nanosecond.
  static var least: Duration { .nanoseconds(1) }

  /// Days of 24 hours.
  static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

/// The schema's keywords for the bounds of what JSON Schema cannot compare: durations and money.
enum BoundKeyword {
  /// The shortest duration taken, as text.
  static let minimum = "x-minimum"
  /// The longest duration taken, as text.
  static let maximum = "x-maximum"
  /// The smallest amount taken, in minor units of its currency.
  static let minimumMinorUnits = "x-minimum-minor-units"
  /// The largest amount taken, in minor units of its currency.
  static let maximumMinorUnits = "x-maximum-minor-units"
}

extension Syntax where Value == Duration {
  /// The schema of a duration within bounds.
  static func durationSchema(_ least: Duration, _ most: Duration) -> SchemaJSON {
    SchemaJSON.text(
      pattern: #"^(0|[1-9][0-9]*)(\.[0-9]+)?(ns|us|ms|s|m|min|h|d)$"#,
      examples: ["250ms", "1.5s", "2min", "6h", "7d"]
    ).adding([
      .init(BoundKeyword.minimum, .string(DurationText.text(least))),
      .init(BoundKeyword.maximum, .string(DurationText.text(most))),
    ])
  }

  /// A duration such as `250ms`, within bounds.
  static func duration(from least: Duration = .zero, to most: Duration) -> Syntax<Duration> {
    Syntax(scalar: durationSchema(least, most), show: { .string(DurationText.text($0)) }) {
      node, decoding in
      read(node, from: least, to: most, &decoding)
    }
  }

  /// Reads a duration within bounds, or notes what is wrong with it.
  static func read(
    _ node: ScenarioNode, from least: Duration, to most: Duration, _ decoding: inout Decoding
  ) -> Duration? {
    let what = "a duration such as 250ms, 1.5s, 2min, 6h, 7d"
    let bounds = "a duration from \(DurationText.text(least)) to \(DurationText.text(most))"
    guard let text = node.text else {
      decoding.expected(what, at: node)
      return nil
    }
    do throws(DurationText.Failure) {
      let value = Duration.nanoseconds(try DurationText.nanoseconds(text))
      if least <= value, value <= most { return value }
      decoding.expected(bounds, at: node)
    } catch {
      switch error {
      case .notADuration: decoding.expected(what, at: node)
      case .missingUnit: decoding.expected("a duration with its unit, such as \(text)s", at: node)
      case .fractionOfNanosecond:
        decoding.expected("a whole number of nanoseconds", at: node)
      case .overflow: decoding.expected(bounds, at: node)
      }
    }
    return nil
  }
}

extension Syntax where Value == LatencySetting {
  /// `5ms`, `{median: 120ms, p99: 400ms}` or `{mean: 5ms, kind: exponential}`.
  static var latency: Syntax<LatencySetting> {
    Syntax(scalar: schema, show: show) { node, decoding in
      guard node.entries != nil else {
        guard node.text != nil else {
          decoding.expected("a latency such as 5ms or {median: 120ms, p99: 400ms}", at: node)
          return nil
        }
        return Syntax<Duration>.read(node, from: .zero, to: longestLatency, &decoding)
          .map { .constant($0) }
      }
      let before = decoding.problems.count
      let form = Form.section.decode(node, over: Form(), &decoding)
      guard decoding.problems.count == before, let form else { return nil }
      return form.latency(at: node, &decoding)
    }
  }

  /// The longest constant, mean and 99th percentile of a latency.
  fileprivate static var longestLatency: Duration { .days(10) }

  private static var schema: SchemaJSON {
    let constant = Syntax<Duration>.durationSchema(.zero, longestLatency)
    let duration = Syntax<Duration>.durationSchema(.least, longestLatency)
    func form(_ first: String, _ second: SchemaJSON.Member) -> SchemaJSON {
      .type(
        "object", .init("additionalProperties", .boolean(false)),
        .init("properties", .object([.init(first, duration), second])),
        .init("required", .strings([first, second.key])))
    }
    return .any(
      constant, form("median", .init("p99", duration)),
      form("mean", .init("kind", .object([.init("const", .string("exponential"))]))))
  }

  private static func show(_ value: LatencySetting) -> SchemaJSON {
    func text(_ duration: Duration) -> SchemaJSON { .string(DurationText.text(duration)) }
    return switch value {
    case .constant(let duration): text(duration)
    case .exponential(let mean):
      .map([.init("mean", text(mean)), .init("kind", .string("exponential"))])
    case .logNormal(let median, let p99):
      .map([.init("median", text(median)), .init("p99", text(p99))])
    }
  }
}

/// The keys of a latency mapping before they are put together.
private struct Form: Sendable {
  enum Kind: String, CaseIterable, Sendable { case exponential }
  var median: Duration?
  var p99: Duration?
  var mean: Duration?
  var kind: Kind?

  private static let duration = Syntax<Duration>.duration(
    from: .least, to: Syntax<LatencySetting>.longestLatency)

  static let section = Section<Form>(
    "A latency distribution.",
    [
      .optional("median", \.median, base: .least, duration, "Half are shorter."),
      .optional("p99", \.p99, base: .least, duration, "One in a hundred is longer."),
      .optional("mean", \.mean, base: .least, duration, "Mean of the exponential."),
      .optional("kind", \.kind, base: .exponential, .choice(), "Kind of distribution."),
    ])

  func latency(at node: ScenarioNode, _ decoding: inout Decoding) -> LatencySetting? {
    switch (median, p99, mean, kind) {
    case (let median?, let p99?, nil, nil):
      if p99 > median { return .logNormal(median: median, p99: p99) }
      decoding.expected(
        "a p99 longer than the median (\(DurationText.text(median)))", at: node["p99"] ?? node)
    case (nil, nil, let mean?, .exponential):
      return .exponential(mean: mean)
    default:
      decoding.report(
        node,
        "expected {median, p99} or {mean, kind: exponential}, found "
          + "{\((node.entries ?? []).map(\.key).joined(separator: ", "))}")
    }
    return nil
  }
}

extension Syntax where Value == TimeOfDay {
  /// A local time such as `"23:59"`.
  static var timeOfDay: Syntax<TimeOfDay> {
    let schema = SchemaJSON.text(
      pattern: #"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"#, examples: ["23:59"])
    return Syntax(scalar: schema, show: { .string($0.description) }) { node, decoding in
      guard let value = node.text.flatMap({ TimeOfDay($0) }) else {
        decoding.expected("a time of day from \"00:00\" to \"23:59\"", at: node)
        return nil
      }
      return value
    }
  }
}

extension Syntax where Value == CivilDate {
  /// A date such as `2026-03-02`, in the years for which time arithmetic is safe.
  static var date: Syntax<CivilDate> {
    let schema = SchemaJSON.text(
      pattern: #"^(19[7-9][0-9]|20[0-9][0-9])-[0-9]{2}-[0-9]{2}$"#, examples: ["2026-03-02"])
    return Syntax(scalar: schema, show: { .string($0.description) }) { node, decoding in
      guard let value = node.text.flatMap({ CivilDate($0) }), (1_970...2_099).contains(value.year)
      else {
        decoding.expected("a date from 1970-01-01 to 2099-12-31 such as 2026-03-02", at: node)
        return nil
      }
      return value
    }
  }
}
