import Text

/// Thresholds as a scenario writes them: `authorization_latency.p99 <= 500ms`.
enum ThresholdText {
  static let pattern =
    #"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)* (<=|>=|<|>|==|!=) "#
    + #"-?[0-9]+(\.[0-9]+)?(ns|us|ms|s|m|min|h|d)?$"#

  /// Reads `metric comparison value`, the three separated by spaces; the message says what is
  /// wrong.
  static func parse(_ text: String) -> Result<ThresholdSetting, Message> {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard parts.count == 3 else {
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
    let value: Double
    let isDuration: Bool
    if let number = NumberText.decimal(parts[2]) {
      (value, isDuration) = (number, false)
    } else if let nanoseconds = try? DurationText.nanoseconds(parts[2]) {
      (value, isDuration) = (Double(nanoseconds), true)
    } else {
      return .failure(Message("expected a number such as 0.18 or a duration such as 500ms"))
    }
    return .success(
      ThresholdSetting(
        text: text, metric: parts[0], comparison: comparison, value: value, isDuration: isDuration))
  }

  struct Message: Error {
    let text: String
    init(_ text: String) { self.text = text }
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
