import PaymentModel

/// What merchants have asked back of payments, as it came to the gateway. Pure; minor units.
struct BackWatch {
  private var asked: [PaymentID: Int64] = [:]

  /// A merchant asks for so much of a payment.
  mutating func ask(_ amount: Int64, of payment: PaymentID) {
    let (sum, isTooMuch) = asked[payment, default: 0].addingReportingOverflow(amount)
    asked[payment] = isTooMuch ? .max : sum
  }

  /// Whether so much, all in all, may have been given back of a payment.
  func allows(_ back: Int64, of payment: PaymentID) -> Bool { back <= asked[payment] ?? 0 }

  /// Whether what was given back in the end is what was asked for, of what was captured.
  func isWhole(_ back: Int64, of payment: PaymentID, captured: Int64) -> Bool {
    asked.isEmpty && back == 0 || back == min(max(asked[payment] ?? 0, 0), captured)
  }
}
