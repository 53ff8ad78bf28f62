import Host
import Money
import Text

/// `banks.file`: banks with names and terms of their own, a row for each bank and currency.
enum BankFile {
  /// The columns that hold amounts, with where they belong.
  private static let amounts: [Column] = [
    Column("balance", \.openingBalance), Column("overdraft_limit", \.overdraftLimit),
    Column("credit_cap", \.creditCap), Column("collateral", \.collateral),
    Column("net_debit_cap", \.netDebitCap), Column("bilateral_limit", \.bilateralLimit),
    Column("reserve_for_urgent", \.reserveForUrgent),
  ]

  /// A column of amounts.
  private struct Column: Sendable {
    let name: String
    let property: Property<ParticipantSettings, BankAmount?>

    init(_ name: String, _ property: Property<ParticipantSettings, BankAmount?>) {
      self.name = name
      self.property = property
    }
  }

  /// The banks of a file, in the order of their first rows.
  ///
  /// - Parameters:
  ///   - path: of the file, which messages name.
  ///   - place: the key that names it.
  /// - Throws: `.missing` (exit code 66) with the place of the key if there is no such file;
  ///   `.invalid` (65) with the file and the row that is wrong.
  static func read(
    _ path: String, place: ScenarioNode
  ) throws(ScenarioError) -> [ParticipantSettings] {
    let bytes: [UInt8]
    do throws(ScenarioError) {
      bytes = try ScenarioFile.read(path)
    } catch {
      throw ScenarioError(
        kind: error.kind, at: place.position, path: "banks.file",
        "expected a CSV file of banks, found `\(printable(path, limit: 4_096))`: "
          + "\(error.problems[0].message); give a path that is absolute or relative to the "
          + "scenario file")
    }
    var table = BankTable(file: path)
    do {
      var tokenizer = CSVTokenizer()
      try bytes.withUnsafeBufferPointer { try tokenizer.consume($0) { try table.take($0) } }
      try tokenizer.finish { try table.take($0) }
    } catch let error as ScenarioError {
      throw error
    } catch {
      throw table.fault(table.lastRow, "expected a table of CSV, found a field without an end")
    }
    return try table.finish()
  }

  /// Turns rows into banks.
  private struct BankTable {
    let file: String
    private(set) var lastRow = 1
    private var names: [String]?
    private var banks: [ParticipantSettings] = []
    private var places: [String: Int] = [:]

    init(file: String) { self.file = file }

    func fault(_ row: Int, _ message: String) -> ScenarioError {
      ScenarioError(
        at: SourcePosition(origin: .file(file), line: row, column: 1), path: "banks.file", message)
    }

    mutating func take(_ row: borrowing CSVRow) throws(ScenarioError) {
      lastRow = row.number
      if let found = row.fault { throw fault(row.number, found) }
      var fields: [String] = []
      for field in 0..<row.count { fields.append(row.text(field)) }
      guard let names else {
        names = try header(fields, row.number)
        return
      }
      guard fields.count == names.count else {
        throw fault(row.number, "expected \(names.count) fields, found \(fields.count)")
      }
      try add(Dictionary(uniqueKeysWithValues: zip(names, fields)), row.number)
    }

    private func header(_ fields: [String], _ row: Int) throws(ScenarioError) -> [String] {
      let known = ["name", "currency"] + BankFile.amounts.map(\.name)
      for name in ["name", "currency", "balance"] where !fields.contains(name) {
        throw fault(row, "expected a column `\(name)`, found \(fields.map { printable($0) })")
      }
      for (index, name) in fields.enumerated() {
        guard known.contains(name) else {
          throw fault(
            row,
            "expected columns of \(known.joined(separator: ", ")), found "
              + "`\(printable(name))`\(EditDistance.hint(name, among: known))")
        }
        if fields[..<index].contains(name) { throw fault(row, "found the column `\(name)` twice") }
      }
      return fields
    }

    private mutating func add(_ row: [String: String], _ number: Int) throws(ScenarioError) {
      let name = row["name"]!
      guard BankName.isValid(name) else {
        throw fault(
          number, "expected the name of a bank of 1 to 64 characters, found `\(printable(name))`")
      }
      guard let currency = Currency(code: row["currency"]!) else {
        throw fault(
          number, "expected a currency of ISO 4217, found `\(printable(row["currency"]!))`")
      }
      if places[name] == nil {
        places[name] = banks.count
        banks.append(ParticipantSettings(name: name))
        banks[banks.count - 1].openingBalance = .byCurrency([])
      }
      let place = places[name]!
      for column in BankFile.amounts {
        guard let text = row[column.name], !text.isEmpty else { continue }
        guard let amount = try? MoneyAmount(decimal: text, currency: currency),
          (0...1_000_000_000_000_000).contains(amount.minorUnits)
        else {
          throw fault(
            number,
            "expected an amount of at least zero in `\(column.name)` such as 5.00, found "
              + "`\(printable(text))`")
        }
        var known = banks[place][keyPath: column.property]?.amounts ?? []
        if known.contains(where: { $0.currency == currency }) {
          throw fault(
            number, "expected one row of `\(name)` in \(currency.code), found a second")
        }
        known.append(amount)
        banks[place][keyPath: column.property] = .byCurrency(
          known.sorted { $0.currency.code < $1.currency.code })
      }
    }

    func finish() throws(ScenarioError) -> [ParticipantSettings] {
      guard !banks.isEmpty else { throw fault(1, "expected at least one bank, found none") }
      return banks
    }
  }
}
