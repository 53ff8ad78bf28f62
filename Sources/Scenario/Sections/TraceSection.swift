extension Section where Root == TraceWorkload {
  static let trace = Section(
    "Payments replayed from a CSV file, plain or gzip'ed.",
    [
      .required(
        "file", \.file, .file, "Path of the file, relative to the scenario file or absolute."),
      .group("columns", "Names of the file's columns.", columnFields),
      .init(
        "currency", \.currency, .currency, "Currency of every row, without a currency column."),
      .init(
        "amount_unit", \.amountUnit, .choice(),
        "Whether amounts are in minor units (cents) or major ones."),
      .init(
        "cancel_value", \.cancelValue, .scalarText,
        "Value of the cancel column that marks a cancellation."),
      .optional(
        "cancel_prefix", \.cancelPrefix, base: "", .word,
        "Prefix of an id that marks a cancellation."),
      .init("malformed_rows", \.malformedRows, .choice(), "What a malformed row does."),
      .init("duplicate_rows", \.duplicateRows, .choice(), "What a repeated id does."),
      .init("unordered_rows", \.unorderedRows, .choice(), "What a row out of order does."),
    ])

  private static var columnFields: [Field<TraceWorkload>] {
    [
      .init("id", \.idColumn, .word, "Identifies a payment."),
      .init("time", \.timeColumn, .word, "When the payment was made."),
      .init("merchant", \.merchantColumn, .word, "Who is paid."),
      .init("amount", \.amountColumn, .word, "How much."),
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
