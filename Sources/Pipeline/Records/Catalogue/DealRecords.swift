import Money

/// `deals.csv`: exchanges with the dealer, at mid, with what the spread costs. Rates are
/// trillionths of a US dollar for one unit of the currency sold and of that bought.
final class DealRecords: RecordListener {
  private let scope: RecordScope
  private var writer = RowWriter()

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    guard case .dealt(let deal) = event else { return }
    writer.add("\(scope.name)/deal-\(deal.number)")
    writer.add(time)
    writer.add(scope.name(deal.bank))
    writer.add(deal.sold.currency.code)
    writer.add(deal.sold.minorUnits)
    writer.add(deal.bought.currency.code)
    writer.add(deal.bought.minorUnits)
    writer.add(deal.rates.sold)
    writer.add(deal.rates.bought)
    writer.add(deal.spread.minorUnits)
    writer.add(deal.reportedSpread.currency.code)
    writer.add(deal.reportedSpread.minorUnits)
    writer.end()
  }

  func finish() -> [RecordFile] {
    [RecordFile(name: "deals.csv", header: Self.header, bytes: writer.bytes)]
  }

  private static let header =
    "id,time_ns,payer,sold_currency,sold_minor,bought_currency,bought_minor,"
    + "sold_usd_trillionths,bought_usd_trillionths,spread_minor,reporting_currency,"
    + "reported_spread_minor\n"
}
