import Money

extension Syntax where Value == BankAmount {
  /// An amount for all currencies, or a mapping from currencies to amounts in them.
  static var bankAmount: Syntax<BankAmount> {
    let money = Syntax<MoneyAmount>.money()
    let table = Syntax<[(Currency, MoneyAmount)]>.table(
      keys: .currency, key: .usd, cells: money, base: .usdZero)
    return Syntax(
      schema: { _ in .any(money.schema(.usdZero), table.schema([])) },
      decode: { node, _, decoding in
        // An amount may be a mapping too.
        guard node.entries != nil, node["amount"] == nil else {
          return money.decode(node, .usdZero, &decoding).map(BankAmount.converted)
        }
        guard let entries = table.decode(node, [], &decoding) else { return nil }
        for (currency, amount) in entries where amount.currency != currency {
          decoding.report(
            node[currency.code] ?? node,
            "expected an amount in \(currency.code), found \(amount.decimalString) "
              + amount.currency.code)
        }
        return .byCurrency(entries.map(\.1))
      },
      show: {
        switch $0 {
        case .converted(let amount): money.show(amount)
        case .byCurrency(let amounts): table.show(amounts.map { ($0.currency, $0) })
        }
      })
  }
}

extension Syntax where Value == String {
  /// The name of a bank: 1 to 64 characters that need no quotes in CSV and fit a file's name.
  static var bankName: Syntax<String> {
    text(
      "a name of 1 to 64 characters without comma, quote, slash and backslash",
      schema: .text(pattern: #"^[^,"/\\\x00-\x1f]{1,64}$"#, examples: ["Bank A", "DEUTDEFF"])
    ) { BankName.isValid($0) }
  }
}

/// What the name of a bank may be.
enum BankName {
  /// Whether a bank may be called so.
  static func isValid(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    let special = ",\"/\\".unicodeScalars
    return (1...64).contains(scalars.count) && scalars.first != " " && scalars.last != " "
      && !scalars.contains { $0.value < 0x20 || $0.value == 0x7F || special.contains($0) }
  }
}
