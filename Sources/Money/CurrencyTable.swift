/// The active codes of ISO 4217 with the number of their minor-unit digits.
///
/// Codes without a minor unit (metals, `XDR`, `XXX`, bond-market units) are left out: no amount can
/// be stated in them. Source: ISO 4217 list one as published in datasets/currency-codes (ODC-PDDL
/// 1.0).
enum CurrencyTable {
  private static let codesByDigits: [(digits: UInt8, codes: String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
      2,
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD \
      CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
      GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
      LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB \
      PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
      SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW \
      ZWG
      """
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ]

  /// Code and digits, ascending by code; a currency is a position in this array.
  static let entries: [(code: String, digits: UInt8)] = codesByDigits.flatMap { group in
    group.codes.split(separator: " ").map { (code: String($0), digits: group.digits) }
  }.sorted { $0.code < $1.code }

  /// Digits of the minor unit by position.
  static let digits: [UInt8] = entries.map(\.digits)

  /// 1, 10, 100, 1,000, 10,000: minor units of one unit, by digits.
  static let powersOfTen: [Int64] = [1, 10, 100, 1_000, 10_000]

  /// The position of `code`, found by bisection; nil if the code is not in the table.
  static func index(of code: String) -> UInt8? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].code < code { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].code == code ? UInt8(low) : nil
  }
}
