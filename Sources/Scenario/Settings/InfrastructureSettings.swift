import Money

/// `costs.infrastructure`: the bill for a month of 30 days by part, and the switches that lower it.
///
/// The defaults are those of the design that settlesim began with: 170,000 USD a month at 10,000
/// payments a second, its figures for spot instances and archives, 5:1 for compressed entries.
public struct InfrastructureSettings: Sendable, Equatable {
  /// Servers of the interface and of the workers, a month.
  public var compute = MoneyAmount(minorUnits: 100_000_00, currency: .usd)
  /// Shards of the database, a month.
  public var database = MoneyAmount(minorUnits: 30_000_00, currency: .usd)
  /// The partitioned bus, a month.
  public var bus = MoneyAmount(minorUnits: 15_000_00, currency: .usd)
  /// The cache, a month.
  public var cache = MoneyAmount(minorUnits: 10_000_00, currency: .usd)
  /// The object store, a month.
  public var storage = MoneyAmount(minorUnits: 5_000_00, currency: .usd)
  /// Traffic, a month.
  public var network = MoneyAmount(minorUnits: 10_000_00, currency: .usd)
  /// Workers on instances that the provider may take back; nil: none.
  public var spotInstances: SpotInstances?
  /// Old data in an archive; nil: none.
  public var coldTier: ColdTier?
  /// Compressed data; nil: none.
  public var compression: Compression?
  /// The defaults, without any switch.
  public init() {}

  /// The parts with their keys, in the order in which they are shown.
  public var parts: [(name: String, perMonth: MoneyAmount)] {
    [
      ("compute", compute), ("database", database), ("bus", bus), ("cache", cache),
      ("storage", storage), ("network", network),
    ]
  }

  /// Instances at a discount that the provider may take back.
  public struct SpotInstances: Sendable, Equatable {
    /// Whether they are used.
    public var isEnabled = true
    /// Part of the cost of compute: workers are at least 1,500 of the 2,000 instances.
    public var share = 0.75
    /// Taken off the price of that part.
    public var discount = 0.7
    /// The defaults.
    public init() {}
  }

  /// An archive for the oldest data.
  public struct ColdTier: Sendable, Equatable {
    /// Whether it is used.
    public var isEnabled = true
    /// Part of the stored bytes: 35 of 55 TB a year.
    public var share = 7.0 / 11
    /// Taken off the price of that part.
    public var discount = 0.9
    /// The defaults.
    public init() {}
  }

  /// Compression of the oldest stored data and of traffic.
  public struct Compression: Sendable, Equatable {
    /// Whether it is used.
    public var isEnabled = true
    /// Bytes before by bytes after, at least 1.
    public var ratio = 5.0
    /// Part of the stored bytes: the old entries, 35 of 55 TB a year.
    public var storageShare = 7.0 / 11
    /// Part of the traffic; the design states none.
    public var networkShare = 0.0
    /// The defaults.
    public init() {}
  }
}

/// `costs.volume_discount`: what is taken off a bill in months of many payments.
public struct VolumeDiscount: Sendable, Equatable {
  /// A bill.
  public enum Base: String, Sendable, CaseIterable {
    /// What acquirers charge.
    case acquirers
    /// The cost of infrastructure, other savings taken off.
    case infrastructure
  }
  /// Whether it is given.
  public var isEnabled = true
  /// Accepted payments a month of 30 days above which it is given.
  public var paymentsPerMonth = 10_000_000
  /// Part of the bill that is taken off.
  public var rate = 0.0
  /// The bill.
  public var base = Base.acquirers
  /// A discount of nothing.
  public init() {}
}
