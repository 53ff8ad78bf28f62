import Money
import Testing

@testable import Scenario

@Suite("Settings of rails, banks, transfers and costs")
struct MarketSettingsTests {
  private func dollars(_ minorUnits: Int64) -> MoneyAmount {
    MoneyAmount(minorUnits: minorUnits, currency: .usd)
  }

  @Test("a name alone, a changed reference and a whole rail stand side by side")
  func rails() throws {
    let rails = try load(
      """
      name: x
      rails:
        - fedwire
        - {reference: t2, name: euro, customer_cut_off: "16:00", fee: "0.10 EUR"}
        - reference: same_day_ach
          wire: "0.60 USD"
          windows: [{cut_off: "12:00", settles: "15:00"}]
        - chaps
        - name: tokyo
          currency: JPY
          time_zone: Asia/Tokyo
          open: "09:00"
          close: "15:00"
          calendar: bojnet
          value_days: 1
          fee_tiers: [{from: 1, fee: "40 JPY"}, {from: 101, fee: "30 JPY"}]
          prior_items: 7
          maximum_amount: "1000000 JPY"
      """
    ).settings.rails
    #expect(rails.map(\.name) == ["fedwire", "euro", "same_day_ach", "chaps", "tokyo"])
    #expect(rails[1].customerCutOff == TimeOfDay(hour: 16, minute: 0))
    #expect(rails[1].calendar == .target && rails[1].fee.minorUnits == 10)
    #expect(rails[2].kind == .batch && rails[2].windows.count == 1)
    #expect(rails[2].wire == dollars(60))
    #expect(rails[4].kind == .rtgs && rails[4].feeTiers.count == 2 && rails[4].fee.minorUnits == 40)
    #expect(rails[4].valueDays == 1 && rails[4].priorItems == 7)
    #expect(rails[4].maximumAmount?.minorUnits == 1_000_000)
  }

  @Test("a plain fee replaces the tiers of the reference")
  func feeReplacesTiers() throws {
    let rail = try load(
      "name: x\nrails: [{reference: fedwire, fee: 1 USD}, t2, chaps, bojnet]"
    ).settings.rails[0]
    #expect(rail.feeTiers.isEmpty && rail.fee == dollars(100))
  }

  @Test("without `rails` the standard day's four gross systems stay as they were")
  func defaultRails() throws {
    let settings = try load("name: x").settings
    #expect(settings.rails.map(\.name) == ["fedwire", "t2", "chaps", "bojnet"])
    for rail in settings.rails {
      #expect(rail.kind == .rtgs && rail.calendar == .none && rail.windows.isEmpty)
      #expect(rail.customerCutOff == nil && rail.maximumAmount == nil && rail.feeTiers.isEmpty)
    }
    #expect(settings.settlement.railChoice == .first)
  }

  @Test("an entry of the default rails takes the new keys through --set")
  func overrides() throws {
    let settings = try load(
      "name: x",
      overrides: [
        "rails.fedwire.calendar=fedwire", "rails.t2.customer_cut_off=17:00",
        "interbank.mode.cycles=8", "interbank.mode.name=deferred_net", "fx.process.step=daily",
        "workload.transfers.windows={rtgs: 1, same_day: 0, next_day: 0, second_day: 0}",
      ].map { ScenarioOverride(assignment: $0)! }, modes: sampleModes
    ).settings
    #expect(settings.rails[0].calendar == .fedwire)
    #expect(settings.rails[1].customerCutOff == TimeOfDay(hour: 17, minute: 0))
    #expect(settings.interbank.mode.name == "deferred_net")
    #expect(settings.fx.process?.step == .daily)
    #expect(settings.workload.transfers.windows.rtgs == 1)
  }

  @Test("the interbank layer defaults to gross settlement without credit, caps or delay")
  func interbankDefaults() throws {
    let interbank = try load("name: x", modes: sampleModes).settings.interbank
    #expect(interbank.mode.name == "rtgs" && interbank.mode.parameters == nil)
    #expect(interbank.creditCap == nil && interbank.collateral.minorUnits == 0)
    #expect(interbank.netDebitCap == nil && interbank.bilateralLimit == nil)
    #expect(interbank.reserveForUrgent.minorUnits == 0 && interbank.urgentShare == 0)
    #expect(interbank.release == ReleaseSettings() && interbank.release.rule == .immediate)
    #expect(interbank.participants.isEmpty)
  }

  @Test("a participant's own terms replace the general ones, and nothing else")
  func participants() throws {
    let settings = try load(
      """
      name: x
      banks: {opening_balance: "100.00 USD", overdraft_limit: "7.00 USD"}
      interbank:
        collateral: "200.01 USD"
        haircut: 0.25
        net_debit_cap: "50.00 USD"
        release: {rule: urgency, lead_time: 2h}
        participants:
          - name: issuer-2
            opening_balance: "1.00 USD"
            haircut: 1/2
            bilateral_limit: "9.00 USD"
            bilateral_limits: {merchant-bank-1: "3.00 USD", issuer-1: "2.00 USD"}
            release: {rule: time, at: "15:00"}
          - {name: northbank-settlement, credit_cap: "5.00 USD"}
          - {name: platform-cell-7, reserve_for_urgent: "1.00 USD", overdraft_limit: "0.00 USD"}
      """
    ).settings
    let general = BankTerms(settings.ownTerms["issuer-1"], in: .usd, of: settings)
    #expect(general.openingBalance == dollars(100_00) && general.overdraftLimit == dollars(7_00))
    // 200.01 less a quarter is 150.0075, cut off.
    #expect(general.lendableCollateral == dollars(150_00) && general.creditCap == nil)
    #expect(general.netDebitCap == dollars(50_00) && general.bilateralLimit == nil)
    #expect(general.release.rule == .urgency && general.release.leadTime == .seconds(7_200))
    let own = BankTerms(settings.ownTerms["issuer-2"], in: .usd, of: settings)
    #expect(own.openingBalance == dollars(1_00) && own.overdraftLimit == dollars(7_00))
    #expect(own.lendableCollateral == dollars(100_00) && own.bilateralLimit == dollars(9_00))
    #expect(own.bilateralLimits.map(\.bank) == ["issuer-1", "merchant-bank-1"])
    #expect(own.release.rule == .time && own.release.at == TimeOfDay(hour: 15, minute: 0))
    let acquirer = BankTerms(settings.ownTerms["northbank-settlement"], in: .usd, of: settings)
    #expect(acquirer.creditCap == dollars(5_00))
    let platform = BankTerms(settings.ownTerms["platform-cell-7"], in: .usd, of: settings)
    #expect(platform.reserveForUrgent == dollars(1_00) && platform.overdraftLimit == dollars(0))
  }

  @Test("correspondents are participants once there are transfers")
  func correspondents() throws {
    let settings = try load(
      """
      name: x
      banks: {correspondents: 3}
      workload: {transfers: {payments: 5, originators: 3, counterparties: 2}}
      interbank: {participants: [{name: correspondent-3}]}
      """
    ).settings
    #expect(settings.banks.correspondents == 3)
    #expect(settings.workload.transfers.payments == 5)
  }

  @Test("there are no transfers unless they are asked for, and their defaults are the test bed's")
  func transferDefaults() throws {
    let transfers = try load("name: x").settings.workload.transfers
    #expect(transfers.payments == 0)
    #expect(transfers.sourceCurrencies.map(\.weight).reduce(0, +) == 1)
    #expect(transfers.counterpartySkew == 0.86 && transfers.crossCurrencyShare == 0.7)
    guard case .logNormal(let mean, 1.2) = transfers.amounts else {
      Issue.record("expected log-normal amounts")
      return
    }
    #expect(mean == dollars(5_000_00))
  }

  @Test("the three kinds of transfer amounts are read")
  func transferAmounts() throws {
    func amounts(_ text: String) throws -> TransferWorkload.Amounts {
      try load("name: x\nworkload: {transfers: {amounts: {\(text)}}}").settings.workload.transfers
        .amounts
    }
    guard case .logNormal(let mean, let sigma) = try amounts("log_normal: {mean: 60000 EUR}"),
      case .constant(let constant) = try amounts("constant: 5 USD"),
      case .quantiles(let points) = try amounts("quantiles: [[0, 1], [1/2, 9], [1, 10]]")
    else {
      Issue.record("expected one of each kind")
      return
    }
    #expect(mean == MoneyAmount(minorUnits: 60_000_00, currency: .eur) && sigma == 1.2)
    #expect(constant == dollars(5_00))
    #expect(points.map(\.probability) == [0, 0.5, 1] && points.map(\.value) == [1, 9, 10])
  }

  @Test("costs of liquidity, delay and chargebacks have defaults and can be set")
  func costs() throws {
    let costs = try load("name: x").settings.costs
    #expect(costs.liquidityRate == 0.02 && costs.delayRate == 0.02)
    #expect(costs.overdraftRate == 0.005 && costs.collateralRate == 0.0025)
    #expect(costs.chargebackRate == 0.005 && costs.chargebackFee == dollars(15_00))
    #expect(costs.missedDeadline == dollars(25_00) && costs.batchWire == dollars(35))
    let set = try load("name: x\ncosts: {delay_rate: 1/20, missed_deadline: 1 EUR}").settings.costs
    #expect(set.delayRate == 0.05)
    #expect(set.missedDeadline == MoneyAmount(minorUnits: 100, currency: .eur))
  }

  @Test("infrastructure is one figure, or parts that come to the same unless they are set")
  func infrastructure() throws {
    func costs(_ text: String, _ overrides: String...) throws -> CostSettings {
      try load(
        "name: x\ncosts: {\(text)}",
        overrides: overrides.map { ScenarioOverride(assignment: $0)! }
      ).settings.costs
    }
    let plain = try costs("wire: 5 USD")
    #expect(plain.infrastructure == nil && plain.volumeDiscount == nil)
    #expect(plain.discountBase == .wire)
    let parts = try #require(try costs("infrastructure: {}").infrastructure)
    #expect(parts == InfrastructureSettings())
    #expect(
      parts.parts.map(\.perMonth).reduce(.zero(.usd), +) == plain.infrastructurePerMonth)
    let set = try #require(
      try costs("infrastructure: {bus: 7 EUR, spot_instances: {}, cold_tier: {discount: 1/2}}")
        .infrastructure)
    #expect(set.bus == MoneyAmount(minorUnits: 7_00, currency: .eur))
    #expect(set.spotInstances == InfrastructureSettings.SpotInstances())
    #expect(set.coldTier?.discount == 0.5 && set.coldTier?.share == 7.0 / 11)
    #expect(set.compression == nil)
    let discount = try costs("volume_discount: {rate: 0.1, base: infrastructure}").volumeDiscount
    #expect(discount?.paymentsPerMonth == 10_000_000 && discount?.base == .infrastructure)
  }

  @Test("a part set by a flag replaces the file's one figure, and the figure replaces the parts")
  func infrastructureOverride() throws {
    func costs(_ text: String, _ override: String) throws -> CostSettings {
      try load(
        "name: x\ncosts: {\(text)}", overrides: [ScenarioOverride(assignment: override)!]
      ).settings.costs
    }
    let parts = try costs(
      "infrastructure_per_month: 9 USD", "costs.infrastructure.compute=1 USD")
    #expect(parts.infrastructure?.compute == dollars(1_00))
    let figure = try costs("infrastructure: {bus: 9 USD}", "costs.infrastructure_per_month=1 USD")
    #expect(figure.infrastructure == nil && figure.infrastructurePerMonth == dollars(1_00))
  }

  @Test("reference rates lie beside their scenario unless their path is absolute")
  func ecbPath() throws {
    func path(_ file: String) throws -> String? {
      try LoadedScenario.load(
        Array("name: x\nfx: {ecb: {file: \(file)}}".utf8), file: "dir/s.yaml"
      ).ecbPath
    }
    #expect(try path("fx/rates.csv.gz") == "dir/fx/rates.csv.gz")
    #expect(try path("/data/rates.csv") == "/data/rates.csv")
    #expect(try load("name: x").ecbPath == nil)
  }
}
