import PaymentModel
import Plants

/// A refund, or a void, that waits for its merchant's next batch.
struct RefundLine: Sendable {
  var payment: PaymentID
  /// Minor units, above zero.
  var amount: Int64
  /// When it was posted: whole seconds since the start of the run.
  var second: UInt32
}

/// Payments of one merchant that belong together, in the order of capture, and refunds.
struct PaymentList: Sendable {
  var payments: [PaymentID] = []
  var refunds: [RefundLine] = []

  var isEmpty: Bool { payments.isEmpty && refunds.isEmpty }
  /// Payments and refunds.
  var count: Int { payments.count + refunds.count }
}

extension PaymentList {
  /// The payment, or the refund, of an obligation.
  init(of obligation: Obligation) {
    guard obligation.amount < 0 else {
      payments = [obligation.payment]
      return
    }
    refunds = [
      RefundLine(
        payment: obligation.payment, amount: -obligation.amount,
        second: UInt32(obligation.captured / 1_000_000_000))
    ]
  }
}

/// The event-time window of a merchant's business day (SPEC D1). Pure; seconds since the start of
/// the run.
///
/// It takes payments whose event time is before the cut-off until the watermark (cut-off plus
/// allowed lateness) has passed; later ones belong to the next day. A payment that comes after the
/// watermark of its day is late: it goes into the open day and is counted.
struct MerchantWindow: Sendable {
  /// What became of a payment.
  enum Placement: Equatable { case current, next, late }

  private(set) var opensAt: Int64 = .min
  private(set) var closesAt: Int64
  /// Days since 1970-01-01, in the merchant's time zone.
  private(set) var businessDay: Int32
  private(set) var current = PaymentList()
  private(set) var following = PaymentList()

  init(closesAt: Int64, businessDay: Int32) {
    self.closesAt = closesAt
    self.businessDay = businessDay
  }

  /// Takes a payment by its event time.
  mutating func add(_ payment: PaymentID, second: Int64) -> Placement {
    if second >= closesAt, !planted(Plant.cutOffUnheeded) {
      following.payments.append(payment)
      return .next
    }
    current.payments.append(payment)
    return second < opensAt ? .late : .current
  }

  /// Takes a refund: it comes off the next batch.
  mutating func add(_ refund: RefundLine) { current.refunds.append(refund) }

  /// The watermark has passed the cut-off: gives the day's payments out and opens the next day.
  mutating func close(nextCutOff: Int64) -> (businessDay: Int32, payments: PaymentList) {
    let closed = (businessDay, current)
    opensAt = closesAt
    closesAt = nextCutOff
    businessDay += 1
    if planted(Plant.followingClosedToo) {
      let all = PaymentList(
        payments: current.payments + following.payments, refunds: current.refunds)
      (current, following) = (PaymentList(), PaymentList())
      return (closed.0, all)
    }
    current = following
    following = PaymentList()
    return closed
  }

  /// The business day to which a payment with this event time belongs.
  func day(of second: Int64) -> Int32 { second >= closesAt ? businessDay + 1 : businessDay }

  /// Gives out what is there of the next day.
  mutating func takeFollowing() -> PaymentList {
    let taken = following
    following = PaymentList()
    return taken
  }

  /// Gives out what is there before the day ends, for strategies that do not wait for it.
  mutating func take() -> PaymentList {
    let taken = current
    current = PaymentList()
    if planted(Plant.refundsNotTaken) { return PaymentList(payments: taken.payments) }
    if planted(Plant.takenAgain), let last = taken.payments.last { current.payments = [last] }
    return taken
  }
}
