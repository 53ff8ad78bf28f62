extension Section where Root == TraceWorkload {
  static let trace = Section(
    "Payments replayed from a CSV file, plain or gzip'ed.",
    [
      path,
      .group("columns", "Names of the file's columns.", columnFields),
      .init(
        "currency", \.currency, .currency, "Currency of every row, without a currency column."),
    ] + notation + [
      .init(
        "lines", \.lines, .choice(),
        "Whether rows with one id are duplicates or lines that add up to one payment.")
    ] + orderAndUnit + [
      .init(
        "cancel_value", \.cancelValue, .scalarText,
        "Value of the cancel column that marks a cancellation."),
      .optional(
        "cancel_prefix", \.cancelPrefix, base: "", .word,
        "Prefix of an id that marks a cancellation."),
    ] + policies
  ) { trace, node, decoding in
    checkMarks(trace, node, &decoding)
    if trace.quantityColumn != nil, trace.refundColumn != nil {
      decoding.report(
        at: node.position, path: node.path.appending(.key("columns")),
        "expected `quantity` or `refund_amount`, found both")
    }
  }

  /// What every file of payments has: where it is.
  static let path = Field<TraceWorkload>.required(
    "file", \.file, .file, "Path of the file, relative to the scenario file or absolute.")

  /// How numbers and times of every file of payments may be written.
  static let notation: [Field<TraceWorkload>] = [
    .init(
      "decimal_mark", \.decimalMark, .choice(), "What stands before the decimals of amounts."),
    .init(
      "thousands", \.thousands, .choice(),
      "What stands between groups of three digits of amounts."),
    .init(
      "date_order", \.dateOrder, .choice(), "The order of the numbers of dates."),
    .init(
      "time_zone", \.timeZone, .timeZone, "Time zone of rows that do not say theirs."),
  ]

  /// Which order rows may have, and in what amounts are.
  static let orderAndUnit: [Field<TraceWorkload>] = [
    .init("sort", \.sort, .boolean, "Whether rows may stand in any order."),
    .init(
      "amount_unit", \.amountUnit, .choice(),
      "Whether amounts are in minor units (cents) or major ones."),
  ]

  /// What faulty rows do.
  static let policies: [Field<TraceWorkload>] = [
    .init("malformed_rows", \.malformedRows, .choice(), "What a malformed row does."),
    .init("duplicate_rows", \.duplicateRows, .choice(), "What a repeated id does."),
    .init("unordered_rows", \.unorderedRows, .choice(), "What a row out of order does."),
  ]

  /// Decimals and groups of digits are told apart.
  static func checkMarks(
    _ trace: TraceWorkload, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    guard trace.thousands.rawValue == trace.decimalMark.rawValue else { return }
    decoding.report(
      at: node.position, path: node.path.appending(.key("thousands")),
      "expected something else than `decimal_mark`, found \(trace.thousands.rawValue) for both")
  }

  private static var columnFields: [Field<TraceWorkload>] {
    [
      .init("id", \.idColumn, .word, "Identifies a payment."),
      .init("time", \.timeColumn, .word, "When the payment was made."),
      .optional("date", \.dateColumn, base: "", .word, "The date, where the time has none."),
      .optional("time_zone", \.zoneColumn, base: "", .word, "Time zone of the row."),
      .init("merchant", \.merchant, .merchant, "Who is paid."),
      .init("amount", \.amountColumn, .word, "How much."),
      .optional(
        "refund_amount", \.refundColumn, base: "", .word,
        "How much is given back, in rows without an amount."),
      .optional(
        "quantity", \.quantityColumn, base: "", .word, "How many the amount is for one of."),
      .optional("currency", \.currencyColumn, base: "", .word, "Currency of the row."),
      .optional("cancel", \.cancelColumn, base: "", .word, "Marks cancellations."),
    ]
  }
}

extension Syntax where Value == String {
  /// A value of a data file: text, or a number or boolean taken by its letters.
  fileprivate static var scalarText: Syntax<String> {
    let schema = SchemaJSON.object([
      .init("type", .strings(["string", "integer", "boolean"])),
      .init("maxLength", .integer(200)),
    ])
    return Syntax(scalar: schema, show: { .string($0) }) { node, decoding in
      guard let text = node.text, text.utf8.count <= 200,
        !text.unicodeScalars.contains(where: { $0.value < 0x20 })
      else {
        decoding.expected("a value of at most 200 bytes on one line", at: node)
        return nil
      }
      return text
    }
  }
}

extension Syntax where Value == TraceWorkload.Merchant {
  /// The name of a column, or one merchant for all rows.
  fileprivate static var merchant: Syntax {
    let word = Syntax<String>.word
    return Syntax(
      schema: { _ in
        let constant = SchemaJSON.type(
          "object", .init("properties", .object([.init("constant", word.schema(""))])),
          .init("required", .strings(["constant"])),
          .init("additionalProperties", .boolean(false)))
        return .any(word.schema(""), constant)
      },
      decode: { node, _, decoding in
        guard let entries = node.entries else {
          return word.decode(node, "", &decoding).map(TraceWorkload.Merchant.column)
        }
        guard entries.count == 1, let name = node["constant"] else {
          decoding.expected("the name of a column, or {constant: NAME}", at: node)
          return nil
        }
        return word.decode(name, "", &decoding).map(TraceWorkload.Merchant.constant)
      },
      show: {
        switch $0 {
        case .column(let name): .string(name)
        case .constant(let name): .map([.init("constant", .string(name))])
        }
      })
  }
}
