import Declared
import Money
import Text

/// Thresholds as a scenario writes them: `authorization_latency.p99 <= 500ms`.
enum ThresholdText {
  /// Reads `metric comparison value`, the three separated by spaces; the message says what is
  /// wrong.
  static func parse(_ text: String) -> Result<ThresholdSetting, Message> {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard parts.count == 3 || parts.count == 4 else {
      return .failure(Message("expected `metric <= value`, three words separated by spaces"))
    }
    guard isMetric(parts[0]) else {
      return .failure(
        Message("expected the name of a metric, such as `authorization_latency.p99`"))
    }
    guard let comparison = ThresholdSetting.Comparison(rawValue: parts[1]) else {
      let known = ThresholdSetting.Comparison.allCases.map { "`\($0.rawValue)`" }
      return .failure(Message("expected one of \(known.joined(separator: " "))"))
    }
    guard let value = value(parts[2], unit: parts.count == 4 ? parts[3] : nil) else {
      return .failure(
        Message(
          "expected a number such as 0.18 or a value with its unit: 500ms, 95%, 120 USD, 100/s"))
    }
    return .success(
      ThresholdSetting(text: text, metric: parts[0], comparison: comparison, value: value))
  }

  struct Message: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private static func value(_ text: String, unit: String?) -> ThresholdValue? {
    if let unit {
      if unit == "%" { return percent(text) }
      guard let currency = Currency(code: unit) else { return nil }
      return NumberText.decimal(text).map { .money($0, currency) }
    }
    if text.last == "%" { return percent(String(text.dropLast())) }
    if text.hasSuffix("/s") {
      return NumberText.decimal(String(text.dropLast(2))).map { .rate($0) }
    }
    if let number = NumberText.decimal(text) { return .number(number) }
    return (try? DurationText.nanoseconds(text)).map { .duration($0) }
  }

  /// The double nearest to a hundredth of the decimal: `99.95%` is what `0.9995` is.
  private static func percent(_ text: String) -> ThresholdValue? {
    guard NumberText.decimal(text) != nil else { return nil }
    return Double(text + "e-2").map { .percent($0) }
  }

  private static func isMetric(_ text: String) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    return words.enumerated().allSatisfy { index, word in
      let isLetterFirst = word.utf8.first.map { index > 0 || !isDigit($0) && $0 != 0x5F } ?? false
      return isLetterFirst
        && word.utf8.allSatisfy { isDigit($0) || $0 == 0x5F || (0x61...0x7A).contains($0) }
    }
  }
}

/// Thresholds in the schema: by unit, so that an editor completes the names and refuses a value in
/// another unit.
extension ThresholdText {
  private static let comparison = "(<=|>=|<|>|==|!=)"
  private static let number = #"-?(0|[1-9][0-9]*)(\.[0-9]+)?"#

  /// How values of a unit are written, with one to show for each metric.
  private static func form(_ unit: FigureUnit) -> (pattern: String, example: String) {
    switch unit {
    case .nanoseconds, .seconds: ("\(number)(ns|us|ms|s|m|min|h|d)", "<= 500ms")
    case .money: ("\(number) [A-Z]{3}", "<= 120 USD")
    case .ratio: ("\(number)( ?%)?", ">= 95%")
    case .perSecond: ("\(number)(/s)?", ">= 100/s")
    case .count, .number: (number, "<= 0")
    }
  }

  /// The schema of a threshold on one of `figures`; without any, on what has the form of a name.
  static func schema(_ figures: [FigureDeclaration]) -> SchemaJSON {
    guard !figures.isEmpty else {
      return .text(
        pattern: #"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)* "# + comparison + " " + number
          + #"(ns|us|ms|s|m|min|h|d| ?%|/s| [A-Z]{3})?$"#,
        examples: ["authorization_latency.p99 <= 500ms", "payments.lost == 0"])
    }
    let groups: [(title: String, units: [FigureUnit])] = [
      ("A time and a duration.", [.nanoseconds, .seconds]),
      ("A cost and an amount in the reporting currency.", [.money]),
      ("A part of a whole and a ratio.", [.ratio]),
      ("A rate by the second.", [.perSecond]), ("A count and a number.", [.count, .number]),
    ]
    return .object([
      .init(
        "anyOf",
        .array(
          groups.map { title, units in
            let form = form(units[0])
            let names = figures.filter { units.contains($0.unit) }.map(\.name)
            let choice = names.map { $0.replacing(".", with: "\\.") }.joined(separator: "|")
            return SchemaJSON.text(
              pattern: "^(\(choice)) \(comparison) \(form.pattern)$",
              examples: names.map { "\($0) \(form.example)" }
            ).adding([.init("description", .string(title))])
          }))
    ])
  }
}
