import Money

@testable import Scenario

/// What the keys of one random scenario have in common: its currencies, regions and files.
struct Vocabulary: Sendable {
  static let countries = ["US", "DE", "JP", "IN", "GB", "BR", "AU", "ZA"]
  static let zones = [
    "UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "Asia/Kolkata", "Australia/Lord_Howe",
    "Pacific/Auckland", "America/Sao_Paulo",
  ]
  /// US dollars for a unit; currencies with no, two and three decimals.
  static let known: [(code: String, rate: Double)] = [
    ("USD", 1), ("EUR", 1.1684), ("GBP", 1.3421), ("JPY", 0.006257), ("INR", 0.0113),
    ("BHD", 2.65), ("KRW", 0.00069), ("CHF", 1.25),
  ]

  /// Columns of the trace.
  static let columns = ["id", "time", "merchant", "amount", "currency", "cancel"]

  /// Columns that other mappings than the usual take.
  static let moreColumns = ["day", "clock", "zone", "pieces", "back"]

  let currencies: [Currency]
  let regions: [String]
  /// Whether the rates stand without the dollar, to which they refer.
  private let omitsDollar: Bool
  let traceFile = "trace.csv"
  let ratesFile = "rates.csv"
  let recordedFile = "day.csv"
  let banksFile = "banks.csv"

  init(_ random: inout Chooser) {
    let pool = random.chance(0.7) ? Array(Self.known.prefix(4)) : Self.known
    let count = random.whole(1...4)
    currencies = pool.shuffled(using: &random).prefix(count).map { Currency(code: $0.code)! }
    regions = Array(["north", "south"].prefix(random.whole(1...2)))
    omitsDollar = random.chance(0.3)
  }

  /// Whether there are currencies without a rate by default.
  var needsRates: Bool {
    let standard = Self.known.prefix(4).map(\.code)
    return currencies.contains { !standard.contains($0.code) }
  }
  /// Whether there are currencies without a rail by default.
  var needsRails: Bool { needsRates }

  func rate(of currency: Currency) -> Double {
    Self.known.first { $0.code == currency.code }?.rate ?? 1
  }

  private var rated: [Currency] {
    let others = currencies.filter { $0 != .usd }
    return omitsDollar && !others.isEmpty ? others : [.usd] + others
  }

  /// `fx.usd_per_unit`.
  var rates: SchemaJSON { .map(rated.map { .init($0.code, .decimal(rate(of: $0))) }) }

  /// Pairs that lead from each currency to every other.
  var pairs: [String] { rated.dropFirst().map { "\(rated[0].code)/\($0.code)" } }

  /// A word of this scenario for a text of the schema; nil where any will do.
  func words(for schema: SchemaJSON, _ path: [String], _ random: inout Chooser) -> String? {
    switch path.last {
    case "bank" where path.contains("failures"): return "correspondent-\(random.whole(1...8))"
    case "bank" where path.contains("schedule"):
      return random.pick(["issuer", "merchant-bank"]) + "-\(random.whole(1...2))"
    case "name" where path.contains("participants"), "bilateral_limits", "counterparty":
      return random.pick(["correspondent", "issuer", "merchant-bank"]) + "-\(random.whole(1...8))"
    case "payment" where path.contains("schedule"): return "r\(random.whole(0...1))"
    case "regions", "region": return random.pick(regions)
    case "file" where path.first == "banks": return banksFile
    case "file" where path.contains("transfers"): return recordedFile
    case "file": return path.contains("trace") ? traceFile : ratesFile
    case "name" where path.contains("named"): return "Bank \(random.whole(1...4))"
    default: break
    }
    if path.dropLast().last == "regions" { return random.pick(regions) }
    guard case .string(let pattern)? = schema["pattern"] else { return nil }
    func isLike(_ other: SchemaJSON) -> Bool { other["pattern"] == .string(pattern) }
    if isLike(Syntax<Currency>.currency.schema(.usd)) {
      return random.pick(currencies + [.usd]).code
    }
    if isLike(Syntax<String>.timeZone.schema("")) { return random.pick(Self.zones) }
    if isLike(Syntax<String>.country.schema("")) { return random.pick(Self.countries) }
    if isLike(Syntax<TimeOfDay>.timeOfDay.schema(TimeOfDay(hour: 0, minute: 0))) {
      let hour = random.whole(0...23)
      return "\(hour < 10 ? "0" : "")\(hour):\(random.pick(["00", "30", "59"]))"
    }
    if isLike(Syntax<CivilDate>.date.schema(CivilDate(year: 2_026, month: 1, day: 1))) {
      return random.pick(Self.dates)
    }
    if isLike(Syntax<Double>.probability.schema(0)["anyOf"].flatMap(Self.second) ?? .object([])) {
      return "\(random.whole(0...9))/\(random.whole(9...99))"
    }
    if isLike(Syntax<String>.name.schema("")) { return "name-\(random.whole(1...999))" }
    return nil
  }

  /// The vocabulary of a world in dollars.
  static let dollars = Vocabulary(currencies: [.usd], regions: ["north"], omitsDollar: false)

  private init(currencies: [Currency], regions: [String], omitsDollar: Bool) {
    (self.currencies, self.regions, self.omitsDollar) = (currencies, regions, omitsDollar)
  }

  private static func second(_ schema: SchemaJSON) -> SchemaJSON? {
    if case .array(let values) = schema, values.count > 1 { values[1] } else { nil }
  }

  /// Beginnings and ends of daylight saving, leap days, weekends and year ends among them.
  private static let dates = [
    "2026-03-02", "2026-03-07", "2026-03-28", "2026-10-24", "2028-02-28", "2026-12-31",
    "2026-04-02", "1999-12-30", "2026-11-01",
  ]

  /// How the numbers of a trace are written.
  struct TraceStyle {
    /// Whether amounts are in minor units.
    var isMinor: Bool
    /// Whether a comma stands before decimals.
    var hasComma: Bool
    /// As the scenario says it.
    var dateOrder: String

    func day(_ date: CivilDate) -> String {
      switch dateOrder {
      case "month_first": "\(date.month)/\(date.day)/\(date.year)"
      case "day_first": "\(date.day).\(date.month).\(date.year)"
      default: "\(date)"
      }
    }

    func amount(_ amount: MoneyAmount) -> String {
      if isMinor { return "\(amount.minorUnits)" }
      let text = amount.decimalString
      return hasComma ? "\"" + text.replacing(".", with: ",") + "\"" : text
    }
  }

  /// A trace of some payments, cancellations and repeated rows from a date on.
  func trace(_ date: CivilDate, _ style: TraceStyle, _ random: inout Chooser) -> String {
    let seconds = (0..<random.whole(1...80)).map { _ in random.whole(0...7_199) }.sorted()
    let repeats = random.chance(0.3)
    let day = style.day(date)
    var text = (Self.columns + Self.moreColumns).joined(separator: ",") + "\n"
    for (number, second) in seconds.enumerated() {
      let clock = "0\(second / 3_600):\(two(second / 60 % 60)):\(two(second % 60))"
      let currency = random.pick(currencies)
      let amount = MoneyAmount(
        minorUnits: Int64(random.magnitude(1...1_000_000)), currency: currency)
      text += "p\(repeats && random.chance(0.05) ? 0 : number),\(day) \(clock),"
      text += "m\(random.whole(1...9)),\(style.amount(amount)),\(currency.code),"
      text += "\(random.chance(0.1) ? 1 : 0),\(day),\(clock),UTC,\(random.whole(1...3)),\n"
    }
    return text
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Daily reference rates around a date, in euros.
  func dailyRates(_ date: CivilDate, _ random: inout Chooser) -> String {
    let quoted = (["USD"] + Self.known.map(\.code).filter { $0 != "USD" && $0 != "EUR" })
    var text = "Date,\(quoted.joined(separator: ",")),\n"
    let euro = Self.known.first { $0.code == "EUR" }!.rate
    for day in stride(from: 60, through: -10, by: -1) {
      let row = date.adding(days: day)
      guard row.weekday < 5 else { continue }
      let rates = quoted.map { code in
        let rate =
          euro / (Self.known.first { $0.code == code }!.rate) * random.magnitude(0.98...1.02)
        return "\((rate * 10_000).rounded() / 10_000)"
      }
      text += "\(row),\(rates.joined(separator: ",")),\n"
    }
    return text
  }
}
