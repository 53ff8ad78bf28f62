import PaymentModel
import Scenario

/// A settlement file as an acquirer delivers it: bytes, and nothing else that a reader may trust.
struct SettlementFile: Sendable {
  /// Name under which it is kept in a result: letters, digits, `-` and `.`.
  var name: String
  /// How the fields are written.
  var format: AcquirerSettings.FileFormat
  /// The whole file, ASCII.
  var bytes: [UInt8]

  /// A file with a name and its content.
  init(name: String, format: AcquirerSettings.FileFormat, bytes: [UInt8]) {
    self.name = name
    self.format = format
    self.bytes = bytes
  }
}

/// What a line of a settlement file says.
struct SettlementLine: Equatable, Sendable {
  /// What the acquirer did; the raw value is the letter in the file.
  enum Kind: UInt8, Sendable {
    case capture = 0x43  // C
    case refund = 0x52  // R
    case void = 0x56  // V
  }
  /// What the acquirer did.
  var kind: Kind
  /// The platform's reference.
  var payment: PaymentID
  /// The acquirer's own reference.
  var reference: UInt32
  /// Minor units; negative for a refund or a void.
  var amount: Int64
  /// Position in the run's list of currencies.
  var currency: CurrencyIndex
  /// Position of the issuer that owes the amount.
  var issuer: UInt8
  /// Position of the merchant in its cell.
  var merchant: CellMerchant

  /// A line with all its fields.
  init(
    kind: Kind, payment: PaymentID, reference: UInt32, amount: Int64, currency: CurrencyIndex,
    issuer: UInt8, merchant: CellMerchant
  ) {
    self.kind = kind
    self.payment = payment
    self.reference = reference
    self.amount = amount
    self.currency = currency
    self.issuer = issuer
    self.merchant = merchant
  }
}

extension SettlementLine {
  /// Sum of what the totals by currency do not cover; the trailer carries it over all lines, as ACH
  /// files carry their entry hash.
  var control: Int64 {
    Int64(kind.rawValue) &+ Int64(payment.rawValue) &+ Int64(reference) &+ Int64(issuer)
      &+ Int64(merchant.rawValue)
  }
}

/// How a format dresses the fields: what stands before the first, between them, and after the last.
///
/// The order of fields is the same in all three: kind, payment, reference, amount, currency,
/// issuer, merchant. A new format is a new table.
struct SettlementSyntax {
  let header: StaticString
  let footer: StaticString
  /// Eight literals around the seven fields of a line.
  let line: [[UInt8]]
  /// Three literals around the code and the sum of a currency.
  let total: [[UInt8]]
  /// Three literals around the number of lines and their control sum.
  let count: [[UInt8]]

  private init(
    header: StaticString, footer: StaticString, line: [String], total: [String], count: [String]
  ) {
    self.header = header
    self.footer = footer
    self.line = line.map { Array($0.utf8) }
    self.total = total.map { Array($0.utf8) }
    self.count = count.map { Array($0.utf8) }
  }

  static func of(_ format: AcquirerSettings.FileFormat) -> SettlementSyntax {
    switch format {
    case .csv: csv
    case .json: json
    case .xml: xml
    }
  }

  /// `C,17,4,1299,EUR,3,120`
  private static let csv = SettlementSyntax(
    header: "", footer: "", line: ["", ",", ",", ",", ",", ",", ",", "\n"],
    total: ["T,", ",", "\n"], count: ["N,", ",", "\n"])

  /// One object a line.
  private static let json = SettlementSyntax(
    header: "", footer: "",
    line: [
      "{\"kind\":\"", "\",\"payment\":", ",\"reference\":", ",\"amount\":", ",\"currency\":\"",
      "\",\"issuer\":", ",\"merchant\":", "}\n",
    ],
    total: ["{\"total\":\"", "\",\"amount\":", "}\n"],
    count: ["{\"lines\":", ",\"control\":", "}\n"])

  /// One document.
  private static let xml = SettlementSyntax(
    header: "<settlement>\n", footer: "</settlement>\n",
    line: [
      "<line kind=\"", "\" payment=\"", "\" reference=\"", "\" amount=\"", "\" currency=\"",
      "\" issuer=\"", "\" merchant=\"", "\"/>\n",
    ],
    total: ["<total currency=\"", "\" amount=\"", "\"/>\n"],
    count: ["<count lines=\"", "\" control=\"", "\"/>\n"])
}
