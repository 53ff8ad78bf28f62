import Money

@testable import Scenario

/// Files of banks and of payments between them.
extension Vocabulary {
  /// Columns of recorded payments that are mapped by their own names.
  static let recordedColumns = [
    "id", "time", "payer", "payee", "amount", "currency", "to_currency", "priority", "deadline",
    "not_before", "group",
  ]

  /// Two banks with balances in the currencies of the scenario.
  func banks(_ random: inout Chooser) -> String {
    var text = "name,currency,balance,overdraft_limit\n"
    for name in ["File 1", "File 2"] {
      for currency in currencies {
        let balance = MoneyAmount(
          minorUnits: Int64(random.magnitude(1...10_000_000)), currency: currency)
        text += "\(name),\(currency.code),\(balance.decimalString),\n"
      }
    }
    return text
  }

  /// Some payments between these banks in the first hour of a day, with everything that a row may
  /// have; those of a group stand one after the other.
  func recorded(
    _ date: CivilDate, _ banks: [String], _ style: TraceStyle, _ hasGroups: Bool,
    _ random: inout Chooser
  ) -> String {
    var text = "id,day,time,payer,payee,amount,currency,to_currency,priority,deadline,not_before,"
    text += "group,zone\n"
    guard banks.count > 1 else { return text }
    let seconds = (0..<random.whole(2...40)).map { _ in random.whole(0...3_599) }.sorted()
    var left = 0
    var group = 0
    for (number, second) in seconds.enumerated() {
      let pair = banks.shuffled(using: &random).prefix(2)
      let currency = random.pick(currencies)
      let amount = MoneyAmount(
        minorUnits: Int64(random.magnitude(1...1_000_000)), currency: currency)
      if left == 0, number + 1 < seconds.count, random.chance(0.1), hasGroups {
        (left, group) = (2, group + 1)
      }
      let isTied = left > 0
      left -= isTied ? 1 : 0
      let other = isTied || random.chance(0.8) ? "" : random.pick(currencies).code
      let earliest = random.chance(0.2) ? "\(second + random.whole(0...7_200))" : ""
      let deadline = random.chance(0.3) ? "\(second + random.whole(7_200...200_000))" : ""
      let priority = random.pick(["", "normal", "high", "urgent", "0", "1", "2"])
      text += "r\(number),\(style.day(date)),\(second),\(pair[0]),\(pair[1]),"
      text += "\(style.amount(amount)),\(currency.code),\(other),\(priority),\(deadline),"
      text += "\(earliest),\(isTied ? "g\(group)" : ""),UTC\n"
    }
    return text
  }
}
