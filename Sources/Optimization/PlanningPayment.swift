/// A payment that waits to be settled.
public struct PlanningPayment: Equatable, Codable, Sendable {
  /// Position of the currency it is funded in.
  public var source: Int
  /// Position of the currency it is paid out in.
  public var destination: Int
  /// Position of the counterparty that is paid.
  public var counterparty: Int
  /// The last window it may settle in.
  public var latest: PlanningWindow
  /// Its value in minor units of the reporting currency, above zero.
  public var value: Int64

  /// A payment with all its parts.
  public init(
    source: Int, destination: Int, counterparty: Int, latest: PlanningWindow, value: Int64
  ) {
    self.source = source
    self.destination = destination
    self.counterparty = counterparty
    self.latest = latest
    self.value = value
  }
}

/// The spread at which two currencies are exchanged for each other, in either direction.
///
/// Pairs without a quote are exchanged over the cheapest path of quoted pairs.
public struct PlanningQuote: Equatable, Codable, Sendable {
  /// Position of one currency.
  public var first: Int
  /// Position of the other.
  public var second: Int
  /// Spread in millionths of the value exchanged; 100 are a basis point.
  public var partsPerMillion: Int64

  /// A quote in millionths of the value.
  public init(first: Int, second: Int, partsPerMillion: Int64) {
    self.first = first
    self.second = second
    self.partsPerMillion = partsPerMillion
  }

  /// A quote in basis points, rounded to a hundredth of one.
  /// - Precondition: `basisPoints` is a number within 0...10,000.
  public init(first: Int, second: Int, basisPoints: Double) {
    precondition(
      (0...10_000).contains(basisPoints), "a spread lies within 0...10,000, not \(basisPoints)")
    self.init(
      first: first, second: second, partsPerMillion: Int64((basisPoints * 100).rounded()))
  }
}

/// A way for a batch to travel.
public struct PlanningRail: Equatable, Codable, Sendable {
  /// Name for people.
  public var name: String
  /// Price of one batch in minor units of the reporting currency.
  public var fee: Int64
  /// What comes on top of it and earns no discount: the operator's fee.
  public var operatorFee: Int64
  /// Windows in which it may be used, each at most once.
  public var windows: [PlanningWindow]
  /// Positions of the currencies it can pay out; nil for all.
  public var destinations: [Int]?
  /// Whether the consolidation discount is taken off its price.
  public var earnsDiscount: Bool

  /// A rail with all its parts.
  public init(
    name: String, fee: Int64, operatorFee: Int64 = 0,
    windows: [PlanningWindow] = PlanningWindow.allCases, destinations: [Int]? = nil,
    earnsDiscount: Bool = true
  ) {
    self.name = name
    self.fee = fee
    self.operatorFee = operatorFee
    self.windows = windows
    self.destinations = destinations
    self.earnsDiscount = earnsDiscount
  }

  /// A wire, usable in every window.
  public static func wire(fee: Int64 = 500) -> PlanningRail { PlanningRail(name: "wire", fee: fee) }

  /// Automated clearing (ACH, SEPA credit transfer), which cannot settle at once and gives no
  /// discount on its low price.
  public static func clearing(fee: Int64 = 35, destinations: [Int]? = nil) -> PlanningRail {
    PlanningRail(
      name: "clearing", fee: fee, windows: [.sameDay, .nextDay, .secondDay],
      destinations: destinations, earnsDiscount: false)
  }
}
