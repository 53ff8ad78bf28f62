import Measurement
import PaymentModel
import Synchronization

/// A payment or a batch by where it belongs and its number there.
public struct StoryPlace: Hashable, Comparable, Sendable {
  /// The cell, from 0; `transfers` for the banks' transfers.
  public var cell: Int
  /// Number within it, from 1.
  public var number: UInt32

  /// Stands for the transfer desk in `cell`.
  public static let transfers = -1

  /// The payment or batch of this number.
  public init(cell: Int, number: UInt32) {
    self.cell = cell
    self.number = number
  }

  /// `cell-3` or `transfers`.
  public var scope: String { RecordScope.name(cell) }

  /// Order of cell and number.
  public static func < (first: StoryPlace, second: StoryPlace) -> Bool {
    (first.cell, first.number) < (second.cell, second.number)
  }
}

/// What a story is about.
public enum StoryKey: Hashable, Comparable, Sendable {
  /// A card payment, or a bank's transfer.
  case payment(StoryPlace)
  /// Requests of an idempotency key of which none was accepted.
  case request(UInt64)
  /// A batch of a cell or of the transfer desk.
  case batch(StoryPlace)
  /// An instruction by its number in the run.
  case instruction(Int64)
}

/// Of what a run is to tell the story.
public struct StoryFocus: Sendable {
  /// Payments and transfers.
  public var payments: Set<StoryPlace> = []
  /// Idempotency keys, as fingerprints.
  public var keys: Set<UInt64> = []
  /// Batches.
  public var batches: Set<StoryPlace> = []
  /// Instructions.
  public var instructions: Set<Int64> = []
  /// All payments and requests of a merchant until a time (ns).
  public var merchant: (id: MerchantID, until: Int64)?
  /// All payments, requests and transfers.
  public var isEverything = false
  /// Authorisations by acquirer and the acquirer's reference, to be found.
  public var reference: (acquirer: String, number: UInt32)?
  /// The slowest payments of a stage, to be found.
  public var slowest: (count: Int, stage: StoryStage)?

  /// Nothing yet.
  public init() {}
}

/// Listens to a run for a story. One of the run's islands tells another what it follows only by
/// what it sends there, so that the story is the same on any number of threads: a link is looked up
/// no earlier than the message that it is about arrives.
public final class StoryWatch: Sendable {
  /// Of what a story is wanted.
  public let focus: StoryFocus

  /// What an instruction is for, where it comes from.
  struct Link: Hashable {
    enum Kind { case payout, file }
    var kind: Kind
    var cell: Int
    var reference: UInt32
  }
  /// Whose story an instruction belongs to, of those that carry these.
  struct Target: Hashable {
    var key: StoryKey
    var currency: CurrencyIndex?
    var issuer: BankID?
  }

  private struct State {
    var links: [Link: [Target]] = [:]
    var tellers: [any StoryTeller] = []
  }
  private let state = Mutex(State())

  /// Listens for a focus.
  public init(_ focus: StoryFocus) { self.focus = focus }

  func link(_ link: Link, to target: Target) {
    state.withLock {
      if $0.links[link]?.contains(target) != true { $0.links[link, default: []].append(target) }
    }
  }

  func targets(of link: Link) -> [Target] { state.withLock { $0.links[link] ?? [] } }

  /// Called while the world is built.
  func add(_ teller: any StoryTeller) { state.withLock { $0.tellers.append(teller) } }

  /// What was told, in order of time; at one time cells come before the network. Called when the
  /// world stands still.
  public var stories: [StoryKey: [StoryEntry]] {
    var stories: [StoryKey: [StoryEntry]] = [:]
    for teller in state.withLock({ $0.tellers }).sorted(by: { $0.rank < $1.rank }) {
      for (key, entries) in teller.entries {  // ordered: each key has a list of its own
        stories[key, default: []] += entries
      }
    }
    for key in stories.keys {  // ordered: each is sorted for itself
      let entries = stories[key]!.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
      }
      stories[key] = entries.map(\.element)
    }
    return stories
  }

  /// Where instructions that the focus names come from, as files call it: `cell-0/batch-7`.
  public var origins: [Int64: (cell: Int, isPayout: Bool, reference: UInt32)] {
    var origins: [Int64: (cell: Int, isPayout: Bool, reference: UInt32)] = [:]
    for teller in state.withLock({ $0.tellers }) {
      for (number, instruction) in teller.origins {  // ordered: each key once
        origins[number] = (
          instruction.cell, instruction.kind == .payout || instruction.kind == .transfer,
          instruction.reference
        )
      }
    }
    return origins
  }
}

extension StoryWatch {
  /// Payments and batches by cell, the transfer desk's by `StoryPlace.transfers`; of the network,
  /// instructions.
  public var counts: [Int: StoryCounts] {
    Dictionary(uniqueKeysWithValues: state.withLock { $0.tellers }.map { ($0.cell, $0.counts) })
  }

  /// Payments that an acquirer's reference stands for.
  public var referenced: [StoryPlace] {
    state.withLock { $0.tellers }.flatMap(\.referenced).sorted()
  }

  /// The slowest payments of the run, the slowest first.
  public var slowest: [StagedPayment] {
    let all = state.withLock { $0.tellers }.flatMap(\.slowest).sorted()
    return Array(all.prefix(focus.slowest?.count ?? 0))
  }
}

/// How many there have been: the numbers from 1 on.
public struct StoryCounts: Sendable, Equatable {
  /// Accepted payments, or transfers.
  public var payments: UInt32 = 0
  /// Batches, net positions and sides of deals.
  public var batches: UInt32 = 0
  /// Instructions; only of the network.
  public var instructions: Int64 = 0
}

/// Who tells what happened on one island.
protocol StoryTeller: AnyObject, Sendable {
  /// Cells by number, then the network.
  var rank: Int { get }
  /// The cell; `StoryPlace.transfers` for the network.
  var cell: Int { get }
  var counts: StoryCounts { get }
  var referenced: [StoryPlace] { get }
  var slowest: [StagedPayment] { get }
  var entries: [StoryKey: [StoryEntry]] { get }
  /// Instructions that the focus names.
  var origins: [Int64: Instruction] { get }
}
