import Money
import PaymentModel

/// What is expected to come about later, by the curve of the workload: never what will.
///
/// Values are minor units of the reporting currency.
public struct ExpectedArrivals: Sendable {
  /// Obligations that are alike.
  public struct Kind: Sendable {
    /// The currency owed.
    public var source: Currency
    /// The currency paid out.
    public var destination: Currency
    /// The latest window.
    public var latest: SettlementWindow
    /// Part of all that come.
    public var share: Double
    /// Mean value.
    public var mean: Double
    /// Mean of the squared value.
    public var square: Double

    /// A kind with all its parts.
    public init(
      source: Currency, destination: Currency, latest: SettlementWindow, share: Double,
      mean: Double, square: Double
    ) {
      self.source = source
      self.destination = destination
      self.latest = latest
      self.share = share
      self.mean = mean
      self.square = square
    }
  }

  static let hour: Int64 = 3_600_000_000_000

  /// How many come in each hour since the start of the run.
  public var hours: [Double]
  /// What comes, in a fixed order.
  public var kinds: [Kind]
  /// Banks that pay.
  public var payers: Int
  /// Banks that pay or are paid.
  public var banks: Int

  /// Expectations with all their parts.
  public init(hours: [Double], kinds: [Kind], payers: Int, banks: Int) {
    self.hours = hours
    self.kinds = kinds
    self.payers = payers
    self.banks = banks
  }

  /// Nothing more is expected.
  public static let none = ExpectedArrivals(hours: [], kinds: [], payers: 0, banks: 0)

  /// How many are expected after `start` and until `end` (ns).
  func count(from start: Int64, to end: Int64) -> Double {
    var count = 0.0
    var time = start
    while time < end {
      let place = Int(time / Self.hour)
      guard place < hours.count else { break }
      let next = min(end, (Int64(place) + 1) * Self.hour)
      count += hours[place] * (Double(next - time) / Double(Self.hour))
      time = next
    }
    return count
  }

  /// The part of all that comes that is paid out in a currency, its mean value and how its values
  /// differ; nil for those where none comes, or none that is worth anything.
  func spread(
    of destination: Currency
  ) -> (share: Double, values: (mean: Double, spread: WaitingShare.Spread)?) {
    var (share, sum, square) = (0.0, 0.0, 0.0)
    for kind in kinds where kind.destination == destination {
      share += kind.share
      sum += kind.share * kind.mean
      square += kind.share * kind.square
    }
    guard share > 0, sum > 0 else { return (share, nil) }
    let mean = sum / share
    return (share, (mean, WaitingShare.Spread(mean: mean, square: square / share)))
  }

  /// The day that follows if it goes on as it did since the oldest of `pending` came about: what is
  /// expected where nothing is known of the workload.
  static func continuing(
    _ pending: [Obligation], values: [Double], at now: Int64
  ) -> ExpectedArrivals {
    let oldest = pending.lazy.map(\.captured).min() ?? now
    guard now > oldest else { return .none }
    var sums = Partition<UInt64>()
    for obligation in pending {
      let route = obligation.route
      sums.append(
        UInt64(route.source.index) << 16 | UInt64(route.destination.index) << 8
          | UInt64(obligation.latest.rawValue))
    }
    let kinds = sums.sorted().map { key, members in
      let own = members.map { max(0, values[$0]) }
      let route = pending[members.first!].route
      let count = Double(own.count)
      return Kind(
        source: route.source, destination: route.destination,
        latest: pending[members.first!].latest, share: count / Double(pending.count),
        mean: own.reduce(0, +) / count, square: own.reduce(0) { $0 + $1 * $1 } / count)
    }
    let hourly = Double(pending.count) / (Double(now - oldest) / Double(hour))
    let first = Int(now / hour)
    let hours = (0..<first + 24).map { $0 < first ? 0 : hourly }
    let payers = Set(pending.map(\.route.payer))
    return ExpectedArrivals(
      hours: hours, kinds: kinds, payers: payers.count,
      banks: payers.union(pending.map(\.route.payee)).count)
  }
}
