import Money
import Scenario

/// What infrastructure costs by part, with what each switch takes off, in the reporting currency.
///
/// The archive and compression both begin with the oldest data: what is compressed and archived is
/// fewer bytes at the lower price, and its archiving counts as the archive's saving in full.
struct InfrastructureBill {
  /// A part of the bill, or what a switch takes off it, below zero.
  struct Line: Equatable {
    let name: String
    /// For a month of 30 days.
    let perMonth: MoneyAmount
    /// For the time in which payments arrive.
    let amount: MoneyAmount
  }

  /// Every name that a line may have, in order.
  static let names =
    InfrastructureSettings().parts.map(\.name) + [spot, coldTier, compression]
  private static let spot = "spot instances"
  private static let coldTier = "cold tier"
  private static let compression = "compression"

  /// The parts in the order of the settings, then the savings of the switches that are on.
  let lines: [Line]

  private static let million = Int128(1_000_000)

  /// The bill for `seconds` of arrivals; `convert` turns amounts into the reporting currency.
  init(
    _ settings: InfrastructureSettings, seconds: Int64, convert: (MoneyAmount) -> MoneyAmount
  ) {
    var months = settings.parts.map { ($0.name, convert($0.perMonth)) }
    let compute = convert(settings.compute)
    let storage = convert(settings.storage)
    if let spot = settings.spotInstances, spot.isEnabled {
      let part = Self.millionths(spot.share) * Self.millionths(spot.discount)
      months.append((Self.spot, -Self.part(compute, part, of: Self.million * Self.million)))
    }
    let cold = settings.coldTier.flatMap { $0.isEnabled ? $0 : nil }
    let coldShare = Self.millionths(cold?.share ?? 0)
    let coldDiscount = Self.millionths(cold?.discount ?? 0)
    if cold != nil {
      let part = coldShare * coldDiscount
      months.append((Self.coldTier, -Self.part(storage, part, of: Self.million * Self.million)))
    }
    if let compression = settings.compression, compression.isEnabled {
      let saved = Self.million - Self.millionths(1 / compression.ratio)
      let share = Self.millionths(compression.storageShare)
      // In millionths of millionths: what is both compressed and cold saves at the lower price.
      let bytes = share * Self.million - min(share, coldShare) * coldDiscount
      let stored = Self.part(
        storage, bytes * saved, of: Self.million * Self.million * Self.million)
      let sent = Self.part(
        convert(settings.network), Self.millionths(compression.networkShare) * saved,
        of: Self.million * Self.million)
      months.append((Self.compression, -(stored + sent)))
    }
    lines = months.map { name, perMonth in
      Line(
        name: name, perMonth: perMonth,
        amount: Self.amount(perMonth, seconds: seconds))
    }
  }

  /// The part of a month of 30 days, half to even.
  static func amount(_ perMonth: MoneyAmount, seconds: Int64) -> MoneyAmount {
    part(perMonth, Int128(seconds), of: 30 * 86_400)
  }

  private static func millionths(_ part: Double) -> Int128 {
    Int128((part * 1_000_000).rounded())
  }

  private static func part(
    _ amount: MoneyAmount, _ numerator: Int128, of denominator: Int128
  ) -> MoneyAmount {
    let part = Rounding.halfEven(Int128(amount.minorUnits) * numerator, dividedBy: denominator)
    return MoneyAmount(minorUnits: Int64(part.quotient), currency: amount.currency)
  }
}

extension VolumeDiscount {
  /// What is taken off `bill` for `payments` in `seconds`, half to even; nothing at a pace of at
  /// most `paymentsPerMonth`.
  func amount(on bill: MoneyAmount, payments: Int, seconds: Int64) -> MoneyAmount {
    let month = Int128(30 * 86_400)
    guard isEnabled, Int128(payments) * month > Int128(paymentsPerMonth) * Int128(seconds) else {
      return .zero(bill.currency)
    }
    let millionths = Int128((rate * 1_000_000).rounded())
    let part = Rounding.halfEven(Int128(bill.minorUnits) * millionths, dividedBy: 1_000_000)
    return MoneyAmount(minorUnits: Int64(part.quotient), currency: bill.currency)
  }
}
