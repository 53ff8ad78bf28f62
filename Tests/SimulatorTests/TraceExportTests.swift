import Money
import Scenario
import Testing

@testable import Simulator

/// Files as shops, acquirers and spreadsheets export them.
@Suite("Exports of others")
struct TraceExportTests {
  private let fixture = TraceFixture()
  private static let hour: Int64 = 3_600_000_000_000

  @Test("every row can be of one merchant that the file does not name, in letters of any case")
  func constantMerchant() throws {
    let text = "id,time,amount,currency\np1,0,12.00,usd\np2,60,1200,jPy\n"
    let trace = try fixture.read(text) {
      $0.merchant = .constant("Mug Shop")
      $0.currencyColumn = "currency"
    }
    #expect(trace.merchants == ["Mug Shop"])
    #expect(trace.records.map(\.merchant) == [0, 0])
    #expect(trace.records.map(\.currency) == [.usd, .jpy])
  }

  @Test("a second column says what is given back, where the first says nothing or zero")
  func refunds() throws {
    let header = "id,time,merchant,amount,back\n"
    func change(_ workload: inout TraceWorkload) { workload.refundColumn = "back" }
    let trace = try fixture.read(
      header + "p1,0,m,10.50,\np2,1,m,,3.00\np3,2,m,0.00,4\np4,3,m,,-5\np5,4,m,6,0\n", change)
    #expect(trace.records.map(\.amount) == [1_050, 300, 400, 500, 600])
    #expect(trace.records.map(\.isCancellation) == [false, true, true, true, false])
    let both = fixture.failure(header + "p1,0,m,1,2\n", change)
    #expect(
      both.contains("row 2: amount: expected an amount or one that is given back, found both"))
    #expect(fixture.failure(header + "p1,0,m,,\n", change).contains("not zero"))
  }

  @Test("rows are in the zone that they say, else in that of the scenario, else in UTC")
  func zones() throws {
    let header = "id,time,merchant,amount,zone\n"
    let text =
      header + "p1,2026-03-02 10:00:00,m,1,CET\np2,2026-03-02 10:00:00,m,1,America/New_York\n"
      + "p3,2026-07-02 10:00:00,m,1,Europe/Berlin\np4,2026-07-02 10:00:00,m,1,\n"
      + "p5,2026-07-02T10:00:00Z,m,1,CET\np6,2026-07-02T10:00:00-02:00,m,1,CET\n"
      + "p7,1782986400,m,1,CET\n"
    let day = CivilDate(year: 2026, month: 3, day: 2)
    let trace = try fixture.read(
      text,
      {
        $0.zoneColumn = "zone"
        $0.timeZone = "Asia/Tokyo"
        $0.sort = true
      }, start: .date(day))
    let hours = Dictionary(
      uniqueKeysWithValues: trace.records.map { (trace.id(of: $0), $0.time / Self.hour) })
    let july: Int64 = 122 * 24
    #expect(
      hours == [
        "p1": 9, "p2": 15, "p3": july + 8, "p4": july + 1, "p5": july + 10, "p6": july + 12,
        "p7": july + 10,
      ])
    let unknown = fixture.failure(header + "p1,2026-03-02 10:00:00,m,1,Mars\n") {
      $0.zoneColumn = "zone"
    }
    #expect(unknown.contains("row 2: zone: expected a time zone of the IANA database"))
  }

  @Test("date and time may stand in two columns")
  func twoColumns() throws {
    let trace = try fixture.read("id,day,clock,merchant,amount\np1,2.3.2026,9:05,m,1\n") {
      $0.dateColumn = "day"
      $0.timeColumn = "clock"
      $0.dateOrder = .dayFirst
    }
    #expect(trace.records[0].time == 9 * Self.hour + 300_000_000_000)
    let wrong = fixture.failure("id,day,clock,merchant,amount\np1,2.3.2026,noon,m,1\n") {
      $0.dateColumn = "day"
      $0.timeColumn = "clock"
      $0.dateOrder = .dayFirst
    }
    #expect(wrong.contains("clock: expected a time such as 1.12.2010 8:26"))
    #expect(wrong.contains("found \"2.3.2026 noon\""))
  }

  @Test(
    "dates are read in the order that the scenario says, and no other",
    arguments: [
      ("12/1/2010 8:26", TraceWorkload.DateOrder.monthFirst, 1_291_191_960 as Int64?),
      ("1/12/2010 8:26", .dayFirst, 1_291_191_960),
      ("1.12.2010 08:26:00", .dayFirst, 1_291_191_960),
      ("2010/12/01 08:26", .yearFirst, 1_291_191_960),
      ("12/1/2010 8:26 AM", .monthFirst, 1_291_191_960),
      ("12/1/2010 08:26 pm", .monthFirst, 1_291_235_160),
      ("12/1/2010 12:00 AM", .monthFirst, 1_291_161_600),
      ("2010-12-01T09:26:00+01:00", .yearFirst, 1_291_191_960),
      ("2010-12-01T04:56:00.5-0330", .yearFirst, 1_291_191_960),
      ("13/1/2010 8:26", .monthFirst, nil), ("1/13/2010 8:26", .dayFirst, nil),
      ("12/1/10 8:26", .monthFirst, nil), ("12/1/2010 13:26 PM", .monthFirst, nil),
      ("12/1/2010 0:26 AM", .monthFirst, nil), ("12/1-2010 8:26", .monthFirst, nil),
      ("2010-12-01 08:26:00+25:00", .yearFirst, nil), ("2010-12-01 08:26:00+1", .yearFirst, nil),
      ("2010-12-01 08:26 XM", .yearFirst, nil), ("2010-12-01", .yearFirst, nil),
    ])
  func dates(_ text: String, _ order: TraceWorkload.DateOrder, _ second: Int64?) {
    let parsed = TraceTimestamp.parse(Array(text.utf8).span, order: order)
    #expect(parsed.map { $0.nanoseconds / 1_000_000_000 } == second)
  }

  @Test(
    "amounts may have groups of three digits and a decimal comma, as the scenario says",
    arguments: [
      (
        "1,234,567.89", TraceWorkload.Thousands.comma, TraceWorkload.DecimalMark.point,
        123_456_789 as Int64?
      ),
      ("1234567.89", .comma, .point, 123_456_789), ("-1,234", .comma, .point, -123_400),
      ("1.234,5", .point, .comma, 123_450), ("12,34", .none, .comma, 1_234),
      ("1 234,56", .space, .comma, 123_456), ("1\u{A0}234", .space, .point, 123_400),
      ("1\u{202F}234", .space, .point, 123_400), ("1'234.00", .apostrophe, .point, 123_400),
      ("1’234.00", .apostrophe, .point, 123_400),
      ("1,23,456", .comma, .point, nil), ("12,34", .comma, .point, nil),
      ("1234,567", .comma, .point, nil), (",123", .comma, .point, nil),
      ("1,,234", .comma, .point, nil), ("1,234,", .comma, .point, nil),
      ("1.234.5", .point, .comma, nil), ("1,234", .none, .point, nil),
      ("12.34", .none, .comma, nil), ("1,2345", .comma, .point, nil),
    ])
  func numbers(
    _ text: String, _ thousands: TraceWorkload.Thousands, _ mark: TraceWorkload.DecimalMark,
    _ expected: Int64?
  ) {
    let amount = TraceAmount(decimalMark: mark, thousands: thousands)
    #expect(amount.parse(Array(text.utf8).span, decimals: 2) == expected)
  }

  @Test("files in any order are read without a word where the scenario says so")
  func unsorted() throws {
    let text = "id,time,merchant,amount\np1,60,m,1\np2,0,m,2\np3,30,m,3\n"
    let trace = try fixture.read(text) { $0.sort = true }
    #expect(trace.records.map(\.amount) == [200, 300, 100] && trace.notes.isEmpty)
    #expect(fixture.failure(text).contains("row 3: time: expected no time earlier"))
  }

  @Test("a byte order mark is passed over, also before a quote, and nothing that begins like one")
  func byteOrderMark() throws {
    let quoted = "\u{FEFF}\"id\",\"time\",\"merchant\",\"amount\"\n\"p0\",\"0\",\"m\",\"10.50\"\n"
    #expect(try fixture.read(quoted).records.map(\.amount) == [1_050])
    #expect(try fixture.read("\u{FEFF}id,time,merchant,amount\np,0,m,1\n").records.count == 1)
    let other: [UInt8] = [0xEF, 0xBB] + Array("id,time,merchant,amount\np,0,m,1\n".utf8)
    #expect(fixture.failure(other).contains("expected UTF-8 text"))
    #expect(!fixture.failure([0xEF, 0xBB, 0xBF]).hasPrefix("read"))
  }

  @Test("lines of one id add up to its payment, price times quantity, half a cent to even")
  func lines() throws {
    let header = "InvoiceNo,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    func change(_ workload: inout TraceWorkload) {
      workload.idColumn = "InvoiceNo"
      workload.timeColumn = "InvoiceDate"
      workload.dateOrder = .monthFirst
      workload.merchant = .column("CustomerID")
      workload.amountColumn = "UnitPrice"
      workload.quantityColumn = "Quantity"
      workload.lines = .sum
      workload.cancelPrefix = "C"
      workload.malformedRows = .report
      workload.sort = true
    }
    let trace = try fixture.read(
      header + "536365,\"LANTERN, WHITE\",6,12/1/2010 8:26,2.55,17850\n"
        + "536366,WARMER,1,12/1/2010 8:28,0.125,17850\n"
        + "536365,HEART,6,12/1/2010 8:27,3.39,17850\n"
        + "C536379,Discount,-1,12/1/2010 9:41,27.5,17850\n"
        + "536414,,56,12/1/2010 11:52,0,\n" + "536545,ZERO,3,12/1/2010 14:33,0,14527\n"
        + "536366,OTHER,1,12/1/2010 8:28,1,14527\n" + "536367,HALF,3,12/1/2010 8:28,0.005,17850\n",
      change)
    let found = trace.records.map { "\(trace.id(of: $0)) \($0.amount) \($0.isCancellation)" }
    #expect(
      found == [
        "536365 3564 false", "536366 12 false", "536367 2 false", "C536379 2750 true",
      ])
    #expect(
      trace.records[0].row == 2 && trace.records[0].time == 8 * Self.hour + 26 * 60_000_000_000)
    #expect(
      trace.notes.malformed.first.map(\.description) == [
        "row 6: CustomerID: expected a merchant",
        "row 8: InvoiceNo: expected merchant and currency of row 3, which has the same id",
        "row 7: UnitPrice: expected lines that do not add up to zero",
      ])
  }

  @Test("how large a payment may be is the gateway's to say")
  func largeAmounts() throws {
    let trace = try fixture.read("id,time,merchant,amount\np,0,m,9999999999999.99\n")
    #expect(trace.records[0].amount == 999_999_999_999_999)
    let beyond = fixture.failure("id,time,merchant,amount\np,0,m,10000000000000\n")
    #expect(beyond.contains("below 1000000000000000 minor units"))
  }

  @Test(
    "separators and columns that contradict each other are refused with the line",
    arguments: [
      (
        "{file: x.csv, thousands: comma, decimal_mark: comma}", "thousands: expected something else"
      ),
      (
        "{file: x.csv, columns: {quantity: q, refund_amount: r}}",
        "columns: expected `quantity` or `refund_amount`, found both"
      ),
      ("{file: x.csv, columns: {merchant: {name: shop}}}", "{constant: NAME}"),
      ("{file: x.csv, columns: {merchant: {}}}", "{constant: NAME}"),
      ("{file: x.csv, time_zone: Mars}", "time_zone: expected an IANA time zone"),
    ])
  func contradictions(_ trace: String, _ message: String) {
    let text = "name: x\ntime: {date: \"2026-03-02\", duration: 1d}\nworkload: {trace: \(trace)}\n"
    do throws(ScenarioError) {
      _ = try LoadedScenario.load(Array(text.utf8), file: "x.yaml")
      Issue.record("not refused")
    } catch {
      #expect(error.description.contains(message) && error.description.hasPrefix("x.yaml:3:"))
    }
  }

  @Test("results name the merchants as the trace does")
  func names() throws {
    let path = fixture.write(
      Array("id,time,amount\np1,2026-03-02 10:00:00,12.00\n".utf8))
    let text = """
      name: named
      time: {date: "2026-03-02", duration: 1d}
      cells: {per_region: 1}
      merchants:
        markets:
          - {country: US, region: a, time_zone: UTC, currency: USD, settlement_currency: USD,
             share: 1}
      workload: {trace: {file: \(path), columns: {merchant: {constant: "Mug, \\"Shop\\""}}}}
      results: {details: true}
      """
    let loaded = try LoadedScenario.load(Array(text.utf8), file: "named.yaml")
    let outcome = try ScenarioRun(loaded).run(threads: 1)
    #expect(outcome.result.merchants.map(\.name) == ["Mug, \"Shop\""])
    let files = outcome.files.filter { $0.name.hasSuffix(".csv") }
    let quoted = files.filter {
      String(decoding: $0.bytes, as: UTF8.self).contains("\"Mug, \"\"Shop\"\"\"")
    }
    #expect(!quoted.isEmpty, "\(files.map(\.name))")
    #expect(!files.contains { String(decoding: $0.bytes, as: UTF8.self).contains("merchant-0") })
  }
}
