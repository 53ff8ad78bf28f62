/// The flags of a recorded command that simulated and stored comparisons share.
enum ComparisonFlags {
  /// The flags that say something else than what holds without them.
  static func words(metrics: [String]?, confidence: Double, effectFloor: Double) -> [String] {
    var words: [String] = []
    if let metrics { words += ["--metrics", metrics.joined(separator: ",")] }
    if confidence != 0.95 { words += ["--confidence", plain(confidence)] }
    if effectFloor != 0.001 { words += ["--effect-floor", plain(effectFloor)] }
    return words
  }

  /// A ratio as a percentage that reads back as the very ratio: `1%`.
  static func percent(_ ratio: Double) -> String {
    let hundredfold = ratio * 100
    let rounded = (hundredfold * 1e9).rounded() / 1e9
    return plain(rounded / 100 == ratio ? rounded : hundredfold) + "%"
  }

  /// The shortest digits that stand for `value`, a number of 0 to 1, without an exponent: flags
  /// take none.
  static func plain(_ value: Double) -> String {
    let text = value.description
    guard let mark = text.firstIndex(of: "e"),
      let exponent = Int(text[text.index(after: mark)...]), exponent < 0
    else { return text }
    let digits = text[..<mark].filter { $0 != "." }
    let zeros = String(repeating: "0", count: -exponent - 1)
    let fraction = digits.hasSuffix("0") ? digits.dropLast() : digits[...]
    return "0." + zeros + fraction
  }
}
