/// The guard against sums and differences across units: amounts of two currencies have neither.
enum MixedUnits {
  /// One line that names what reports in which currency; nil where all report in one.
  ///
  /// - Parameters:
  ///   - sides: what reports, with the ISO 4217 code of its currency.
  ///   - remedy: what to do about it.
  static func refusal(_ sides: [(name: String, currency: String)], remedy: String) -> String? {
    guard let first = sides.first,
      let other = sides.first(where: { $0.currency != first.currency })
    else { return nil }
    return
      "\(first.name) reports money in \(named(first.currency)) and \(other.name) in "
      + "\(named(other.currency)): amounts of two currencies are neither added nor compared; "
      + remedy
  }

  private static func named(_ currency: String) -> String {
    currency.isEmpty ? "a currency that is not told" : currency
  }
}
