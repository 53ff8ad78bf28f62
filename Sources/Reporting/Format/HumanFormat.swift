import Money
import Text

/// Quantities as a person writes them. No locale: the same text everywhere.
public enum HumanFormat {
  /// `1,234,567`.
  public static func count(_ value: Int) -> String { grouped(value) }

  /// `USD 1,234.56`, `JPY 1,234`.
  public static func money(_ amount: ReportedAmount) -> String {
    visible(amount.currency) + " " + digits(of: amount)
  }

  /// `1,234.56`: the amount without its currency, for columns that name it.
  public static func digits(of amount: ReportedAmount) -> String {
    grouped(Int128(amount.minorUnits), decimals: amount.decimals)
  }

  /// `USD 0.001234`.
  public static func money(_ amount: FineAmount) -> String {
    visible(amount.currency) + " " + grouped(Int128(amount.scaled), decimals: amount.decimals)
  }

  /// A duration with three figures and the unit that fits: `850 ns`, `12.3 µs`, `245 ms`, `1.94 s`,
  /// from a minute on in two units: `2 min 05 s`, `3 h 07 min`, `2 d 03 h`.
  public static func duration(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    let value = nanoseconds.magnitude
    switch value {
    case 0: return "0 s"
    case ..<1_000: return "\(sign)\(value) ns"
    case ..<999_500: return sign + threeFigures(Double(value) / 1e3) + " µs"
    case ..<999_500_000: return sign + threeFigures(Double(value) / 1e6) + " ms"
    case ..<59_950_000_000: return sign + threeFigures(Double(value) / 1e9) + " s"
    default: return sign + longDuration(seconds: (value + 500_000_000) / 1_000_000_000)
    }
  }

  /// `93.4 %`.
  public static func percent(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "-" }
    // Between the last tenth and the whole the second decimal is what matters: 99.99 % is not 100
    // %.
    let decimals = ratio > 0.999 && ratio < 1 ? 2 : 1
    return grouped(ratio * 100, decimals: decimals) + " %"
  }

  /// `512.0 MiB`.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(count)
    var unit = 0
    while value >= 1_024 && unit < units.count - 1 {
      value /= 1_024
      unit += 1
    }
    return grouped(value, decimals: unit == 0 ? 0 : 1) + " " + units[unit]
  }

  /// `quantity` by its unit.
  public static func quantity(_ quantity: Quantity) -> String {
    let value = quantity.value
    guard value.isFinite else { return value.isNaN ? "-" : "unlimited" }
    switch quantity.unit {
    case .nanoseconds:
      return value.magnitude < 9e18 ? duration(Int64(value.rounded())) : "\(value) ns"
    case .seconds:
      return value.magnitude < 9e9 ? duration(Int64((value * 1e9).rounded())) : "\(value) s"
    case .money: return money(value, quantity.currency)
    case .count: return grouped(value, decimals: value == value.rounded() ? 0 : 2)
    case .perSecond: return grouped(value, decimals: value.magnitude < 1_000 ? 2 : 0) + "/s"
    case .ratio: return percent(value)
    case .number: return plain(value)
    }
  }

  /// Units of a currency with its decimals; with four more where a small amount has them.
  private static func money(_ value: Double, _ currency: String) -> String {
    let digits = Currency(code: currency)?.minorUnitDigits ?? 2
    let scaled = value * powerOfTen(digits)
    let isFine = value.magnitude < 100 && (scaled - scaled.rounded()).magnitude > 1e-6
    let text = grouped(value, decimals: isFine ? digits + 4 : digits)
    return currency.isEmpty ? text : visible(currency) + " " + text
  }

  /// Up to six decimals, none that are zero at the end.
  package static func plain(_ value: Double) -> String {
    withoutTrailingZeros(grouped(value, decimals: 6))
  }

  /// At least `digits` digits that matter, without zeros at the end and without an exponent for
  /// what a person reads: `0.000012`, `1,234.5`.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    var decimals = digits - 1
    var magnitude = value.magnitude
    while magnitude >= 10, decimals > 0 {
      magnitude /= 10
      decimals -= 1
    }
    while magnitude < 1, decimals < 15 {
      magnitude *= 10
      decimals += 1
    }
    return withoutTrailingZeros(grouped(value, decimals: decimals))
  }

  private static func threeFigures(_ value: Double) -> String {
    grouped(value, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }

  private static func longDuration(seconds: UInt64) -> String {
    func two(_ value: UInt64) -> String { (value < 10 ? "0" : "") + String(value) }
    if seconds < 3_600 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
    let minutes = (seconds + 30) / 60
    if minutes < 1_440 { return "\(minutes / 60) h \(two(minutes % 60)) min" }
    let hours = (seconds + 1_800) / 3_600
    return "\(grouped(Int(hours / 24))) d \(two(hours % 24)) h"
  }
}
