import Money
import PaymentModel

/// The business days of a cell's merchants by the calendar alone: each asked for by itself, not
/// reached by going from day to day. Seconds since the start of the run. Pure.
struct BusinessDays {
  private let deployment: Deployment
  private let merchants: [Merchant]
  /// How long a day stays open for what comes late, nanoseconds.
  private let lateness: Int64
  /// The last day looked up: most questions follow each other.
  private var known: (zone: Int, cutOff: Int, day: Int32, range: Range<Int64>)?

  init(_ deployment: Deployment, _ plan: CellPlan) {
    self.deployment = deployment
    merchants = plan.merchants
    lateness = deployment.settings.settlement.allowedLateness.nanoseconds
  }

  /// From the cut-off of the day before to that of `day` (since 1970-01-01), which is the next.
  mutating func range(of day: Int32, merchant: CellMerchant) -> Range<Int64> {
    let merchant = merchants[Int(merchant)]
    if let known, known.zone == merchant.market, known.cutOff == merchant.cutOffSecond,
      known.day == day
    {
      return known.range
    }
    func cutOff(_ day: Int32) -> Int64 {
      deployment.zones[merchant.market].utcSeconds(
        of: CivilDate(dayNumber: Int(day)),
        at: TimeOfDay(secondsSinceMidnight: merchant.cutOffSecond)) - deployment.epochSecond
    }
    let range = cutOff(day - 1)..<cutOff(day)
    known = (merchant.market, merchant.cutOffSecond, day, range)
    return range
  }

  /// Whether a payment belongs to a business day: its event is within it; or it came after the
  /// watermark of its own day, while this day was the open one.
  ///
  /// - Parameters:
  ///   - event: second of the event that dates the payment.
  ///   - captured: second in which the platform captured it.
  mutating func holds(_ day: Int32, merchant: CellMerchant, event: Int64, captured: Int64) -> Bool {
    let own = range(of: day, merchant: merchant)
    if own.contains(event) { return true }
    if event < own.lowerBound { return isOpen(own, at: captured) }
    // Where days stay open for longer than a day, what is far ahead joins the day after the open
    // one.
    return isOpen(range(of: day - 1, merchant: merchant), at: captured)
  }

  /// The cut-off of the day that an event belongs to.
  mutating func cutOff(ofEvent second: Int64, merchant: CellMerchant) -> Int64 {
    let zone = deployment.zones[merchants[Int(merchant)].market]
    var day = Int32(zone.localDayAndSecond(atUTC: deployment.epochSecond + second).day)
    while second >= range(of: day, merchant: merchant).upperBound { day += 1 }
    while second < range(of: day, merchant: merchant).lowerBound { day -= 1 }
    return range(of: day, merchant: merchant).upperBound
  }

  /// Whether a refund posted in a second belongs to a business day: the open one.
  mutating func holds(_ day: Int32, merchant: CellMerchant, refunded second: Int64) -> Bool {
    isOpen(range(of: day, merchant: merchant), at: second)
  }

  /// Whether a day is the open one in some instant of a second: the watermark has passed the day
  /// before, and not this one. The first day of a run is the first to end after its start; it is
  /// open from the start.
  private func isOpen(_ range: Range<Int64>, at second: Int64) -> Bool {
    let isFirst = range.lowerBound <= 0 && range.upperBound > 0
    return
      (isFirst
      || range.lowerBound > 0
        && (second + 1) * 1_000_000_000 > range.lowerBound * 1_000_000_000 + lateness)
      && second * 1_000_000_000 <= range.upperBound * 1_000_000_000 + lateness
  }
}
