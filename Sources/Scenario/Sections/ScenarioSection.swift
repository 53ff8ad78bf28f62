import Declared

extension Section where Root == ScenarioSettings {
  /// The whole scenario: every section and key is declared from here.
  static func scenario(
    _ strategies: [StrategyDeclaration], modes: [StrategyDeclaration],
    figures: [FigureDeclaration]
  ) -> Section {
    Section(
      "A scenario of settlesim: a simulated world of merchants, acquirers and banks.",
      [
        name, note,
        .init("seed", \.seed, .seed, "Seeds every random stream of the run."),
        .section("time", \.time, .time),
        .section("cells", \.cells, .cells),
        .section("merchants", \.merchants, .merchants),
        .section("banks", \.banks, .banks),
        .section("workload", \.workload, .workload),
        .section("gateway", \.gateway, .gateway),
        .section("idempotency", \.idempotency, .idempotency),
        .section("bus", \.bus, .bus),
        .section("authorization", \.authorization, .authorization),
        .init(
          "acquirers", \.acquirers,
          .list(
            of: Section<AcquirerSettings>.acquirer.syntax, base: AcquirerSettings(name: ""),
            count: 1...100, identity: { $0.name }),
          "Who answers authorisations; a list given here replaces the default one."),
        .section("ledger", \.ledger, .ledger),
        .section("settlement", \.settlement, .settlement(strategies)),
        .init(
          "rails", \.rails,
          .rails,
          "What moves money between banks; a list given here replaces the default one. The first "
            + "rail of a currency carries its interbank settlement. `reference` stands for all "
            + "rails of the reference table; in a list a name alone stands for one of them."),
        .section("interbank", \.interbank, .interbank(modes)),
        .section("fx", \.fx, .fx),
        .section("reconciliation", \.reconciliation, .reconciliation),
        .init(
          "faults", \.faults,
          .list(
            of: Section<FaultSetting>.fault.syntax, base: FaultSetting(), count: 0...1_000,
            identity: { $0.id }),
          "What goes wrong, and when. Faults that hold at the same time combine as their kinds "
            + "say; each draws by itself, so that without one the others stay as they are."),
        .section("costs", \.costs, .costs),
        .section("results", \.results, .results),
        thresholds(figures), gate,
      ])
  }

  private static let name = Field<Root>.required(
    "name", \.name, .name, "Names the result directory: letters, digits, - and _."
  ).changing(.text)

  private static let note = Field<Root>(
    "description", \.description, .line, "One line for people."
  ).changing(.text)

  private static func thresholds(_ figures: [FigureDeclaration]) -> Field<Root> {
    Field(
      "thresholds", \.thresholds,
      .list(of: .threshold(figures), base: .base, count: 0...200, identity: { $0.text }),
      "Assertions on metrics of the summary; a run that misses one exits with code 99."
    ).changing(.verdict)
  }

  private static let gate = Field<Root>(
    "gate", \.gate, .choice(),
    "What decides whether a run has passed: the thresholds alone, or also the service levels "
      + "that it put to the test."
  ).changing(.verdict)
}

extension Field {
  /// A section under its key, described by itself.
  static func section<Value: Sendable>(
    _ key: String, _ property: Property<Root, Value>, _ section: Section<Value>
  ) -> Field {
    Field(key, property, section.syntax, section.description)
  }
}

extension ThresholdSetting {
  fileprivate static let base = ThresholdSetting(
    text: "", metric: "", comparison: .equal, value: .number(0))
}
