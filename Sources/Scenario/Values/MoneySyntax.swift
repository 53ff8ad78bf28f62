import Text
import Money

extension Syntax where Value == Currency {
  /// A currency of ISO 4217 that has a minor unit.
  static var currency: Syntax<Currency> {
    let schema = SchemaJSON.text(pattern: "^[A-Z]{3}$", examples: ["USD", "EUR"])
    return Syntax(scalar: schema, show: { .string($0.code) }) { node, decoding in
      guard let value = node.text.flatMap({ Currency(code: $0) }) else {
        decoding.expected("a currency code of ISO 4217 such as USD", at: node, hint: hint(node))
        return nil
      }
      return value
    }
  }

  /// Points at a currency written in small letters.
  private static func hint(_ node: ScenarioNode) -> String {
    guard let text = node.text?.uppercased(), let currency = Currency(code: text) else { return "" }
    return "; did you mean `\(currency.code)`?"
  }
}

extension Syntax where Value == MoneyAmount {
  private static var amountPattern: String { #"(0|[1-9][0-9]*)(\.[0-9]+)?"# }

  /// The largest amount that a key takes, in minor units: with it, a thousand times any amount fits
  /// 64 bits.
  private static var largest: Int64 { 1_000_000_000_000_000 }

  /// An amount of at least zero, `"5.00 USD"` or `{amount: "5.00", currency: USD}`.
  static func money(positive: Bool = false) -> Syntax<MoneyAmount> {
    let schema = SchemaJSON.any(
      .text(pattern: "^\(amountPattern) [A-Z]{3}$", examples: ["5.00 USD"]),
      .type(
        "object", .init("additionalProperties", .boolean(false)),
        .init(
          "properties",
          .object([
            .init("amount", .text(pattern: "^\(amountPattern)$", examples: ["5.00"])),
            .init("currency", Syntax<Currency>.currency.schema(.usd)),
          ])),
        .init("required", .strings(["amount", "currency"])))
    ).adding([
      .init(BoundKeyword.minimumMinorUnits, .integer(positive ? 1 : 0)),
      .init(BoundKeyword.maximumMinorUnits, .integer(largest)),
    ])
    let show: @Sendable (MoneyAmount) -> SchemaJSON = {
      .string("\($0.decimalString) \($0.currency.code)")
    }
    return Syntax(scalar: schema, show: show) { node, decoding in
      guard let (amount, code) = parts(node, &decoding) else { return nil }
      guard let currency = Currency(code: code) else {
        decoding.expected(
          "an amount in a currency of ISO 4217 such as \"5.00 USD\"", at: node)
        return nil
      }
      return read(amount, currency, positive: positive, at: node, &decoding)
    }
  }

  /// Amount and currency code, still as text.
  private static func parts(
    _ node: ScenarioNode, _ decoding: inout Decoding
  ) -> (amount: String, code: String)? {
    if node.entries != nil {
      let before = decoding.problems.count
      let form = MoneyForm.section.decode(node, over: MoneyForm(), &decoding)
      return decoding.problems.count == before ? form.map { ($0.amount, $0.currency.code) } : nil
    }
    let words = (node.text ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2 else {
      decoding.expected("an amount with its currency such as \"5.00 USD\"", at: node)
      return nil
    }
    return (String(words[0]), String(words[1]))
  }

  private static func read(
    _ text: String, _ currency: Currency, positive: Bool, at node: ScenarioNode,
    _ decoding: inout Decoding
  ) -> MoneyAmount? {
    guard NumberText.decimalParts(text) != nil else {
      decoding.expected("a plain decimal amount such as \"5.00 USD\"", at: node)
      return nil
    }
    do throws(DecimalError) {
      let amount = try MoneyAmount(decimal: text, currency: currency)
      if amount.minorUnits > largest {
        decoding.expected(most(currency), at: node)
      } else if amount.minorUnits > 0 || (amount.minorUnits == 0 && !positive) {
        return amount
      } else {
        decoding.expected(
          positive ? "an amount above zero" : "an amount of at least zero", at: node)
      }
    } catch {
      switch error {
      case .tooManyDecimals:
        let count = currency.minorUnitDigits
        decoding.expected(
          "\(count == 0 ? "no" : "at most \(count)") decimals for \(currency.code)", at: node)
      case .outOfRange: decoding.expected(most(currency), at: node)
      case .notAPlainDecimal: decoding.expected("a plain decimal amount", at: node)
      }
    }
    return nil
  }

  /// The upper bound, in words.
  private static func most(_ currency: Currency) -> String {
    let amount = MoneyAmount(minorUnits: largest, currency: currency)
    return "at most \(amount.decimalString) \(currency.code), 10^15 minor units"
  }
}

/// The keys of an amount written as a mapping.
private struct MoneyForm: Sendable {
  var amount = "0"
  var currency = Currency.usd

  static let section = Section<MoneyForm>(
    "An amount of money.",
    [
      .required("amount", \.amount, .quotedDecimal, "Amount in units, in quotes."),
      .required("currency", \.currency, .currency, "Currency of the amount."),
    ])
}

extension Syntax where Value == String {
  /// A decimal in quotes, so that no YAML reader turns it into a binary fraction.
  fileprivate static var quotedDecimal: Syntax<String> {
    text("a plain decimal in quotes such as \"5.00\"", schema: .type("string")) {
      NumberText.decimalParts($0) != nil
    }
  }
}
