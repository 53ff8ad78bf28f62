import Measurement
import Testing

@testable import Reporting

@Suite("Files of banks and plans")
struct BankFileTests {
  private var result: RunResult {
    var result = sampleResult()
    var plan = RoundPlanRow(
      time: 3_600_000_000_000, rule: "lots_together", currency: "USD", decimals: 2)
    (plan.payments, plan.due, plan.heldForRound, plan.heldForExchange) = (12, 2, 1, 4)
    plan.heldForFunds = 5
    (plan.wires, plan.cost, plan.bound, plan.gap) = (3, 1_234_567_890, 1_200_500_000, 0.25)
    (plan.foundBy, plan.decided, plan.roundCost) = ("dive", 10, 1_600_500_000)
    (plan.runnerUp, plan.runnerUpCost) = ("windows_4h", 1_300_000_000)
    (plan.priced, plan.hash, plan.fallback) = (9, 0xABC, "limit, \"400\"")
    result.plans = [
      plan, RoundPlanRow(time: 1, rule: "all_now", currency: "USD", decimals: 2),
    ]
    var bank = BankRow("correspondent-1", currency: "JPY", decimals: 0)
    (bank.opening, bank.closing, bank.credit) = (1_000, 350, 60)
    bank.days = 2
    bank.usages = [900, 400]
    bank.averageUsage = 650
    bank.correspondentValue = 77
    result.banks = [bank]
    var system = SystemReport("JPY", decimals: 0, mode: "rtgs")
    system.submitted = 1
    result.systems = [system]
    result.residuals = [ReportedAmount(-8, "USD", decimals: 2)]
    var series = TimeSeries(columns: [
      TimeSeries.Column("queued_payments_JPY", .maximum), TimeSeries.Column("settled_payments_JPY"),
    ])
    series.raise(0, at: 60_000_000_000, to: 4)
    result.settlementSeries = series
    return result
  }

  private func file(_ name: String, _ result: RunResult) -> String? {
    StandardFiles.deterministic(result).first { $0.name == name }?.text
  }

  @Test("plans.csv has a row for each plan: money in major units, nothing where nothing is known")
  func plans() {
    #expect(
      file("plans.csv", result) == """
        time_ns,rule,payments,due,held_for_round,held_for_exchange,held_for_funds,wires,currency,\
        cost,runner_up,runner_up_cost,found_by,decided,round_cost,bound,gap,priced,hash,fallback
        3600000000000,lots_together,12,2,1,4,5,3,USD,12.34567890,windows_4h,13.00000000,\
        dive,10,16.00500000,12.00500000,0.25,9,0000000000000abc,"limit, ""400""\"
        1,all_now,0,0,0,0,0,0,USD,0.00000000,,,,,,,,0,0000000000000000,

        """)
  }

  @Test("banks.csv leaves days out that were not")
  func banks() {
    let lines = file("banks.csv", result)?.split(separator: "\n") ?? []
    #expect(lines.count == 2)
    #expect(
      lines.last
        == "correspondent-1,JPY,1000,350,60,2,900,400,,650,,,,,,,,,0,0,0,0,77,0,0,0,0,,,,,")
  }

  @Test("payments.csv has a row for each payment, and stands in no other file")
  func payments() {
    var listed = sampleResult()
    listed.payments = PaymentList(count: 2) { index in
      var row = PaymentRow(
        id: index == 0 ? "a,1" : "transfer-2", kind: index == 0 ? "recorded" : "drawn",
        payer: "Bank A", payee: "Bank B", amount: ReportedAmount(12_34, "USD"), toCurrency: "USD",
        priority: "normal", arrived: 5, notBefore: nil, deadline: 90)
      guard index == 0 else { return row }
      (row.end, row.ended, row.mechanism, row.group) = (.settled, 7, "queue", 3)
      row.moved.minorUnits = 12_34
      return row
    }
    #expect(
      file("payments.csv", listed) == """
        id,kind,payer,payee,currency,amount,settled_amount,to_currency,priority,arrived_ns,\
        not_before_ns,deadline_ns,end,ended_ns,in_parts,mechanism,group
        "a,1",recorded,Bank A,Bank B,USD,12.34,12.34,USD,normal,5,,90,settled,7,false,queue,3
        transfer-2,drawn,Bank A,Bank B,USD,12.34,0.00,USD,normal,5,,90,unsettled,,false,,

        """)
    let others = StandardFiles.deterministic(listed).filter { $0.name != "payments.csv" }
    #expect(others.map(\.text) == StandardFiles.deterministic(sampleResult()).map(\.text))
  }

  @Test("files of what a run has not are not written, and all that are are in the manifest")
  func manifest() {
    let names = StandardFiles.deterministic(sampleResult()).map(\.name)
    for name in ["plans.csv", "banks.csv", "settlement.csv", "transfers.csv"] {
      #expect(!names.contains(name))
    }
    let contents = result.contents(with: [])
    let manifest = contents.first { $0.name == "manifest.json" }
    let text = String(decoding: manifest?.bytes ?? [], as: UTF8.self)
    for name in ["plans.csv", "banks.csv", "settlement.csv"] {
      #expect(text.contains("\"\(name)\""), "\(name)")
    }
  }

  @Test("the report shows banks, queues over time and the residual")
  func report() {
    let page = HTMLReport.render(result)
    #expect(page.contains("<section id=\"banks\">") && page.contains("correspondent-1"))
    #expect(page.contains("<section id=\"settlement-time\">"))
    #expect(page.contains("Left by rounding of foreign exchange"))
    #expect(SummaryDocument.json(result).encoded().contains("\"fx_residual\""))
  }

  @Test("the report shows the ten banks of a currency that used most, the largest first")
  func largest() {
    var result = result
    result.banks = (1...12).map { number in
      var bank = BankRow("bank-\(number)", currency: "JPY", decimals: 0)
      bank.usages = [Int64(number % 7)]
      return bank
    }
    let banks = RunTables.table("banks").flatMap {
      TableView(extent: .complete).report($0, result)
    }
    #expect(banks?.more == "and 1 more row in banks.csv")
    #expect(
      banks?.rows.map { $0[0].text } == [6, 5, 12, 4, 11, 3, 10, 2, 9, 1].map { "bank-\($0)" })
  }
}
