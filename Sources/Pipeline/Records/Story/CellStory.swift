import Measurement
import PaymentModel
import VirtualTime

/// What happens to followed payments in a cell. Confined to its island.
final class CellStory: @unchecked Sendable, StoryTeller {
  let island: Island
  let words: StoryWords
  let watch: StoryWatch
  let plan: CellPlan
  let account: (Int) -> String
  private let accounts: Accounts
  private(set) var entries: [StoryKey: [StoryEntry]] = [:]
  let origins: [Int64: Instruction] = [:]
  /// Payments that are followed, with what is kept of each.
  var followed: [PaymentID: Followed] = [:]
  /// The payments of followed keys; the latest where a key was forgotten and came again.
  private var payments: [UInt64: PaymentID] = [:]
  /// What happened to requests of keys that no payment has yet.
  private var early: [UInt64: [StoryEntry]] = [:]
  /// Numbers of payments that are to come.
  private var awaited: Set<UInt32>
  /// Stories that a batch, a net position or a deal belongs to.
  var carried: [BatchID: [StoryKey]] = [:]
  /// Files that name followed payments, by name, and whose stories their money belongs to.
  var files: [String: Int] = [:]
  var funded: [UInt32: [StoryKey]] = [:]
  /// Postings of the instant in hand whose batch is not told yet.
  var recent: (time: Int64, postings: [Posting]) = (.min, [])
  /// The latest plan that was told of.
  var planned: (time: Int64, number: Int, method: String)?

  /// What is kept of a followed payment.
  struct Followed {
    var key: StoryKey
    var merchant: CellMerchant
    var currency: CurrencyIndex
    var issuer: UInt8
  }

  /// Nil where no story is wanted.
  init?(_ plan: CellPlan, _ island: Island, _ deployment: Deployment, _ watch: StoryWatch?) {
    guard let watch else { return nil }
    self.island = island
    self.watch = watch
    self.plan = plan
    words = StoryWords(scope: RecordScope(cell: plan.index, deployment))
    let accounts = Accounts(of: plan, deployment)
    self.accounts = accounts
    let words = self.words
    account = { Self.name($0, accounts, plan, words) }
    awaited = Set(watch.focus.payments.lazy.filter { $0.cell == plan.index }.map(\.number))
    stages = watch.focus.slowest.map {
      StageWatch(count: $0.count, stage: $0.stage, cell: plan.index)
    }
    watch.add(self)
  }

  /// An account by the names of whom it belongs to.
  private static func name(
    _ account: Int, _ accounts: Accounts, _ plan: CellPlan, _ words: StoryWords
  ) -> String {
    let position = account / accounts.currencies
    if position < accounts.merchants {
      return "payable:" + words.scope.name(plan.merchants[position].id)
    }
    if position < accounts.merchants + accounts.endpoints {
      return "receivable:" + words.acquirer(EndpointIndex(position - accounts.merchants))
    }
    return accounts.name(account)
  }

  var rank: Int { plan.index }
  var cell: Int { plan.index }
  var counts = StoryCounts()
  var referenced: [StoryPlace] = []
  var stages: StageWatch?
  var slowest: [StagedPayment] { stages?.slowest ?? [] }

  func merchant(_ merchant: CellMerchant) -> String {
    words.scope.name(plan.merchants[Int(merchant)].id)
  }

  func tell(_ key: StoryKey, _ entry: StoryEntry) { entries[key, default: []].append(entry) }

  /// Whether an account is a merchant's payable, or none of any merchant's.
  func concerns(_ posting: Posting, _ followed: Followed) -> Bool {
    let payable = accounts.payable(followed.merchant, 0) / accounts.currencies
    let positions = [posting.debit, posting.credit].map { $0 / accounts.currencies }
    return positions.contains(payable) || positions.allSatisfy { $0 >= accounts.merchants }
  }

  // MARK: requests

  func hear(_ request: PaymentRequest, _ step: RequestStep) {
    if case .answered(.accepted, _, _) = step, payments[request.fingerprint.rawValue] == nil {
      return
    }
    let key = request.fingerprint.rawValue
    let told = entries(of: request, step)
    if let payment = payments[key], let followed = followed[payment] {
      for entry in told { tell(followed.key, entry) }
    } else if wants(request) {
      early[key, default: []] += told
    }
  }

  /// Whether the payment that a request may come to could be one that is asked for.
  private func wants(_ request: PaymentRequest) -> Bool {
    !awaited.isEmpty || isNamed(request.fingerprint, request.merchant)
  }

  private func isNamed(_ key: KeyFingerprint, _ merchant: CellMerchant) -> Bool {
    let focus = watch.focus
    if focus.isEverything || focus.keys.contains(key.rawValue) { return true }
    guard let named = focus.merchant, named.id == plan.merchants[Int(merchant)].id else {
      return false
    }
    return island.now.nanoseconds <= named.until
  }

  /// A payment is accepted: whether it is followed from now on.
  func follow(_ payment: PaymentID, _ request: PaymentRequest) -> Bool {
    let key = request.fingerprint
    guard awaited.remove(payment.rawValue) != nil || isNamed(key, request.merchant) else {
      if !early.isEmpty { early[key.rawValue] = nil }
      return false
    }
    let story = StoryKey.payment(StoryPlace(cell: plan.index, number: payment.rawValue))
    followed[payment] = Followed(
      key: story, merchant: request.merchant, currency: request.currency, issuer: request.issuer)
    payments[key.rawValue] = payment
    for entry in early.removeValue(forKey: key.rawValue) ?? [] { tell(story, entry) }
    if awaited.isEmpty, watch.focus.payments.isEmpty == false, !isOpen { early = [:] }
    return true
  }

  /// Whether more than numbered payments is asked for.
  private var isOpen: Bool {
    watch.focus.isEverything || !watch.focus.keys.isEmpty || watch.focus.merchant != nil
  }

  /// Requests that came to no payment.
  func finishRequests() {
    guard isOpen else { return }
    for (key, told) in early {  // ordered: each key has a story of its own
      entries[.request(key), default: []] += told
    }
    early = [:]
  }
}
