import Chance

/// How many wires payments between banks come to in the mean if they leave together, moved gross,
/// netted bilaterally or multilaterally, whichever makes the fewest; each is between two banks
/// drawn at random.
struct ExpectedWires {
  private let banks: Double
  private let pairs: Double
  /// ln of the part of payments that are not between two given banks, and that do not involve a
  /// given bank; nil where there is none.
  private let besidePair: Double?
  private let besideBank: Double?

  /// - Parameter banks: two at least.
  init(banks: Double) {
    self.banks = banks
    pairs = banks * (banks - 1) / 2
    besidePair = pairs > 1 ? PortableMath.ln(1 - 1 / pairs) : nil
    besideBank = banks > 2 ? PortableMath.ln(1 - 2 / banks) : nil
  }

  /// Wires of so many payments.
  func of(_ payments: Double) -> Double {
    guard payments > 0 else { return 0 }
    func met(_ places: Double, _ beside: Double?) -> Double {
      guard let beside else { return places * min(1, payments) }
      return places * (1 - PortableMath.exp(payments * beside))
    }
    return min(payments, met(pairs, besidePair), met(banks, besideBank))
  }
}
