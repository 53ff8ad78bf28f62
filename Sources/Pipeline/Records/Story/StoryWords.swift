import Measurement
import Money
import PaymentModel
import VirtualTime

/// How a story calls things: as the files of a result do.
struct StoryWords {
  let scope: RecordScope
  private var deployment: Deployment { scope.deployment }

  /// `12.34 EUR`.
  func money(_ amount: Int64, _ currency: CurrencyIndex) -> String {
    money(amount, deployment.currencies[Int(currency)])
  }

  func money(_ amount: Int64, _ currency: Currency) -> String {
    "\(MoneyAmount(minorUnits: amount, currency: currency).decimalString) \(currency.code)"
  }

  func amount(_ amount: Int64, _ currency: CurrencyIndex) -> [StoryEntry.Fact] {
    [.init("amount_minor", "\(amount)"), .init("currency", scope.code(currency))]
  }

  /// `2026-03-02 09:12:03 UTC`, of nanoseconds since the start of the run.
  func instant(_ time: Int64) -> String {
    let seconds = deployment.epochSecond + time / 1_000_000_000
    let day = CivilDate(dayNumber: Int(seconds / 86_400))
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return "\(day) \(clock) UTC"
  }

  /// `1.234 s`: to the microsecond, without zeros at the end.
  func duration(_ nanoseconds: Int64) -> String {
    let (value, unit): (Int64, String) =
      nanoseconds < 1_000_000_000 ? (nanoseconds, "ms") : (nanoseconds / 1_000, "s")
    let digits = "\(1_000_000 + value % 1_000_000)".dropFirst().prefix(3)
    var fraction = String(digits)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(value / 1_000_000)" + (fraction.isEmpty ? "" : "." + fraction) + " \(unit)"
  }

  func acquirer(_ endpoint: EndpointIndex) -> String {
    deployment.endpoints[Int(endpoint)].name
  }

  func payment(_ number: UInt32) -> String { "\(scope.name)/payment-\(number)" }

  /// `1 payment`, `2 payments`.
  static func count(_ count: Int, _ word: String) -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }

  /// A posting with its accounts by name.
  func posting(_ posting: Posting, _ name: (Int) -> String, isShared: Bool) -> StoryEntry.Posting {
    let currencies = deployment.currencies
    return StoryEntry.Posting(
      kind: "\(posting.kind)", debit: name(posting.debit), credit: name(posting.credit),
      currency: currencies[posting.debit % currencies.count].code, amount: posting.amount,
      isShared: isShared)
  }

  /// What an entry does to what is pending: a hold is no money moved, a capture posts what it held,
  /// and a release only ends it.
  private static func effect(_ kind: TransferKind) -> String {
    switch kind {
    case .hold: ", pending"
    case .capture: ", posted out of what is pending"
    case .release: ", pending no longer"
    default: ""
    }
  }

  /// `payout confirmed`, of `payoutConfirmed`.
  private static func words(_ kind: String) -> String {
    kind.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }

  /// The entry of a posting.
  func entry(
    _ posting: Posting, at time: Int64, by station: String, _ name: (Int) -> String,
    isShared: Bool, of whole: String = ""
  ) -> StoryEntry {
    let told = self.posting(posting, name, isShared: isShared)
    let currency = CurrencyIndex(posting.debit % deployment.currencies.count)
    var entry = StoryEntry(
      .ledger, at: time, station, "ledger",
      "\(Self.words(told.kind)) of \(money(posting.amount, currency))"
        + "\(Self.effect(posting.kind)): debit \(told.debit), credit \(told.credit)" + whole,
      [
        .init("entry", told.kind), .init("debit", told.debit), .init("credit", told.credit),
      ] + amount(posting.amount, currency))
    entry.posting = told
    return entry
  }
}
