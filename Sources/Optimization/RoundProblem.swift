/// What a planner of rounds decides: which payment settles in which of the rounds to come, and how
/// its money is moved.
///
/// Banks, currencies and rounds are positions from 0. Values, prices and limits are in minor units
/// of one reporting currency, so that they can be added up.
///
/// - A wire is counted for every group of payments that one would carry, also where what it carries
///   cancels out to the last unit.
/// - A bank's liquidity is priced by currency and value date.
public struct RoundProblem: Codable, Equatable, Sendable {
  /// Payments to settle.
  public var payments: [Payment]
  /// Number of banks.
  public var banks: Int
  /// Number of currencies.
  public var currencies: Int
  /// The rounds, ascending by time; the first is now.
  public var rounds: [Round]
  /// How money may be moved; at least one way.
  public var ways: [Way]
  /// The bank that net positions are settled against; needed for the multilateral way.
  public var clearingBank: Int?
  /// Spreads of quoted pairs, each pair at most once. Exchange goes by the cheapest path.
  public var quotes: [Quote]
  /// Whether what a payer exchanges on one value date is netted. If not, every payment bears the
  /// spread of its own pair.
  public var netsConversions: Bool
  /// What an operator charges for a deal's leg, by value date, then currency.
  ///
  /// Where conversions are netted, a payer deals between any currencies in which it could have
  /// something to exchange on the date, and with each in which it has. Where they are not, there is
  /// a deal for all payments of one payer, payee, pair of currencies, round and way.
  public var dealFees: [[Double]]
  /// What must not be exceeded; where there is any limit, every payment can be put off.
  public var limits: [Limit]
  /// Multilateral positions that are settled anyway: joining them costs no wire.
  public var sunk: [Position]
  /// What payers are expected to exchange besides, as things may turn out: exchange is priced in
  /// the mean over them, less what they cost alone. The probabilities add up to 1, unless there are
  /// none. A value date with any has no fees for deals.
  public var outcomes: [Outcome]
  /// Payments that a gross wire may settle.
  public var maximumBatch: Int
  /// Payments from which on a wire has the consolidated price.
  public var discountMinimum: Int
  /// Price of the most that a bank has sent net, at any round of a value date, in one currency, as
  /// a part of it. The clearing bank's is not counted.
  public var liquidityPrice: Double

  /// A payment.
  public struct Payment: Codable, Equatable, Sendable {
    /// Who pays.
    public var payer: Int
    /// Who is paid.
    public var payee: Int
    /// The currency owed.
    public var source: Int
    /// The currency paid out.
    public var destination: Int
    /// Above zero.
    public var value: Int64
    /// By round: what settling in it costs, such as for delay; nil where it may not.
    public var costs: [Double?]
    /// What it costs not to settle in any of the rounds; nil: it must.
    public var deferral: Double?

    /// A payment with all its parts.
    public init(
      payer: Int, payee: Int, source: Int, destination: Int, value: Int64, costs: [Double?],
      deferral: Double? = nil
    ) {
      self.payer = payer
      self.payee = payee
      self.source = source
      self.destination = destination
      self.value = value
      self.costs = costs
      self.deferral = deferral
    }
  }

  /// What a wire costs, with its operator's fee.
  public struct WirePrice: Codable, Equatable, Sendable {
    /// Of one with few payments.
    public var single: Double
    /// Of one with at least `discountMinimum` of them; not dearer.
    public var consolidated: Double

    /// Both prices.
    public init(single: Double, consolidated: Double) {
      self.single = single
      self.consolidated = consolidated
    }
  }

  /// A round.
  public struct Round: Codable, Equatable, Sendable {
    /// Its value date: conversions of rounds with the same one net against each other.
    public var date: Int
    /// Price of a wire by currency.
    public var wires: [WirePrice]

    /// A round with its parts.
    public init(date: Int, wires: [WirePrice]) {
      self.date = date
      self.wires = wires
    }
  }

  /// How money is moved.
  public enum Way: Int, CaseIterable, Codable, Sendable {
    /// By wires of the payments from one bank to another.
    case gross
    /// By one wire for all payments between two banks.
    case bilateral
    /// By one wire for each bank's position against the clearing bank.
    case multilateral
  }

  /// What exchange between two currencies costs, either way.
  public struct Quote: Codable, Equatable, Sendable {
    /// A currency.
    public var first: Int
    /// Another one.
    public var second: Int
    /// Part of the value, within 0...1.
    public var spread: Double

    /// A quote with its parts.
    public init(first: Int, second: Int, spread: Double) {
      self.first = first
      self.second = second
      self.spread = spread
    }
  }

  /// What a limit counts.
  public enum Direction: String, Codable, Sendable {
    /// Money out less money in.
    case net
    /// Money out.
    case out
    /// Money in.
    case `in`
  }

  /// An upper limit of what moves to or from a bank over some rounds.
  public struct Limit: Codable, Equatable, Sendable {
    /// The bank.
    public var bank: Int
    /// The other bank; nil: all others.
    public var counterparty: Int?
    /// The currency paid out; nil: all of them.
    public var currency: Int?
    /// What is counted.
    public var direction: Direction
    /// The first round that counts.
    public var first: Int
    /// The last round that counts.
    public var last: Int
    /// Not negative.
    public var amount: Int64

    /// A limit with all its parts.
    public init(
      bank: Int, counterparty: Int? = nil, currency: Int? = nil, direction: Direction, first: Int,
      last: Int, amount: Int64
    ) {
      self.bank = bank
      self.counterparty = counterparty
      self.currency = currency
      self.direction = direction
      self.first = first
      self.last = last
      self.amount = amount
    }

    /// What a payment in a round counts for: 1, -1 or 0 times its value.
    func sign(_ payment: Payment, round: Int) -> Int64 {
      guard (first...last).contains(round), currency ?? payment.destination == payment.destination
      else { return 0 }
      if payment.payer == bank, counterparty ?? payment.payee == payment.payee {
        return direction == .in ? 0 : 1
      }
      if payment.payee == bank, counterparty ?? payment.payer == payment.payer {
        return direction == .out ? 0 : direction == .net ? -1 : 1
      }
      return 0
    }
  }

  /// A bank's multilateral position.
  public struct Position: Codable, Equatable, Hashable, Sendable {
    /// The bank.
    public var bank: Int
    /// The currency.
    public var currency: Int
    /// The round.
    public var round: Int

    /// A position with its parts.
    public init(bank: Int, currency: Int, round: Int) {
      self.bank = bank
      self.currency = currency
      self.round = round
    }
  }

  /// What a payer is expected to exchange on a value date.
  public struct Flow: Codable, Equatable, Sendable {
    /// Who exchanges.
    public var payer: Int
    /// When.
    public var date: Int
    /// The currency owed.
    public var source: Int
    /// The currency paid out.
    public var destination: Int
    /// Not negative.
    public var value: Int64

    /// A flow with its parts.
    public init(payer: Int, date: Int, source: Int, destination: Int, value: Int64) {
      self.payer = payer
      self.date = date
      self.source = source
      self.destination = destination
      self.value = value
    }
  }

  /// A way in which things may turn out.
  public struct Outcome: Codable, Equatable, Sendable {
    /// Above zero.
    public var probability: Double
    /// What is exchanged besides.
    public var flows: [Flow]

    /// An outcome with its parts.
    public init(probability: Double, flows: [Flow]) {
      self.probability = probability
      self.flows = flows
    }
  }

  /// A problem; whatever is left out neither costs nor limits anything.
  public init(
    payments: [Payment], banks: Int, currencies: Int, rounds: [Round], ways: [Way],
    clearingBank: Int? = nil, quotes: [Quote] = [], netsConversions: Bool = true,
    dealFees: [[Double]]? = nil, limits: [Limit] = [], sunk: [Position] = [],
    outcomes: [Outcome] = [], maximumBatch: Int = 1_000, discountMinimum: Int = 2,
    liquidityPrice: Double = 0
  ) {
    self.payments = payments
    self.banks = banks
    self.currencies = currencies
    self.rounds = rounds
    self.ways = ways
    self.clearingBank = clearingBank
    self.quotes = quotes
    self.netsConversions = netsConversions
    let dates = (rounds.map(\.date).max() ?? -1) + 1
    self.dealFees =
      dealFees ?? Array(repeating: Array(repeating: 0, count: max(0, currencies)), count: dates)
    self.limits = limits
    self.sunk = sunk
    self.outcomes = outcomes
    self.maximumBatch = maximumBatch
    self.discountMinimum = discountMinimum
    self.liquidityPrice = liquidityPrice
  }
}
