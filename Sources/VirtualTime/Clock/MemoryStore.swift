import Synchronization

/// What one kind of store holds, over all runs of the process: so that a run that grows too large
/// can say what has grown. Stores tell when they grow, not for each record. It changes nothing.
public final class MemoryStore: Sendable {
  /// What it holds, for people.
  public let name: String
  private let held = Atomic<Int>(0)

  private init(_ name: String) { self.name = name }

  /// Payments accepted.
  public static let payments = MemoryStore("payment rows")
  /// Idempotency keys by fingerprint.
  public static let keys = MemoryStore("the index of idempotency keys")
  /// Transfers between banks' customers.
  public static let transfers = MemoryStore("transfers")
  /// What is written down of what happens.
  public static let records = MemoryStore("records (results.details, ledger.journal)")
  /// Merchants, with their accounts, windows and counts.
  public static let merchants = MemoryStore("merchants and their accounts")
  /// When payments arrive.
  public static let traffic = MemoryStore("arrivals by slot")

  /// All of them.
  public static let all = [payments, keys, transfers, records, merchants, traffic]

  /// Bytes that are held now.
  public var bytes: Int { held.load(ordering: .relaxed) }

  /// A store has grown by so many bytes; negative: it has shrunk.
  public func add(_ bytes: Int) { held.wrappingAdd(bytes, ordering: .relaxed) }

  /// What the stores hold, the largest first; those that hold nothing are left out.
  public static var largest: [(name: String, bytes: Int)] {
    all.map { ($0.name, $0.bytes) }.filter { $0.bytes > 0 }.sorted { $0.bytes > $1.bytes }
  }
}

/// Tells a store what its owner holds, as long as the owner lives.
public final class MemoryShare: Sendable {
  private let store: MemoryStore
  private let held = Atomic<Int>(0)

  /// A share of `bytes`.
  public init(of store: MemoryStore, bytes: Int = 0) {
    self.store = store
    grow(to: bytes)
  }

  deinit { store.add(-held.load(ordering: .relaxed)) }

  /// The owner holds so many bytes now.
  public func grow(to bytes: Int) {
    store.add(bytes - held.exchange(bytes, ordering: .relaxed))
  }
}
