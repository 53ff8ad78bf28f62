import Batching
import Declared
import Faults
import Money
import Reporting
import Scenario
import Simulator
import VirtualTime

extension Command {
  static let list = Command(
    "list", "Lists what can be named: strategies, scenarios, metrics and so on.",
    operands: Operands(
      "[KIND] [NAME]", 0...2, .words(ListKind.allCases.map(\.rawValue)),
      .words(
        (strategyDeclarations + modeDeclarations + mechanismDeclarations).map(\.name))),
    flags: [.format],
    examples: [
      "list", "list strategies", "list strategies merchant_day", "list mechanisms bilateral",
      "list metrics --format csv",
    ],
    details: listed,
    run: { context throws(Failure) in try context.list() })

  private static var listed: String {
    let width = ListKind.allCases.map { $0.rawValue.count }.max() ?? 0
    let lines = ListKind.allCases.map { kind in
      "  " + kind.rawValue + String(repeating: " ", count: width - kind.rawValue.count + 2)
        + kind.summary
    }
    return
      (["Lists"] + lines
      + ["With the NAME of a strategy or a mechanism, prints the page about it."])
      .joined(separator: "\n")
  }
}

/// What `settlesim list` can list.
enum ListKind: String, CaseIterable, Sendable {
  case strategies, mechanisms, faults, scenarios, metrics, invariants, currencies, formats,
    exports

  var summary: String {
    switch self {
    case .strategies: "batching strategies and interbank settlement modes, with their parameters"
    case .mechanisms: "liquidity-saving mechanisms of settlement modes, with their parameters"
    case .faults: "kinds of faults, what they befall and how several at once combine"
    case .scenarios: "scenarios of ./Scenarios and those installed, runnable by name"
    case .metrics: "figures that a threshold may name"
    case .invariants: "what every run checks, and ends with 96 where it does not hold"
    case .currencies: "currencies with the digits of their minor units"
    case .formats: "what --format takes"
    case .exports: "what --export takes"
    }
  }
}

extension Context {
  func list() throws(Failure) -> ExitCode {
    let format = try options.choice(.format, default: SummaryFormat.table)
    guard let name = operands.first else {
      var listing = Listing("list", "of")
      for kind in ListKind.allCases { listing.add(kind.rawValue, kind.summary) }
      try console.write(listing.render(format))
      return .passed
    }
    guard let kind = ListKind(rawValue: name) else {
      let kinds = ListKind.allCases.map(\.rawValue)
      throw options.usage(
        "expected one of \(kinds.joined(separator: ", ")), found \(quoted(name))"
          + hint(name, kinds))
    }
    if operands.count > 1 {
      try console.write(page(of: operands[1], in: kind).render(format))
    } else if kind == .strategies, format == .table {
      try console.write(Self.strategyTable())
    } else if kind == .mechanisms, format == .table {
      try console.write(Self.mechanismTable())
    } else {
      try console.write(listing(kind).render(format))
    }
    return .passed
  }

  /// What `list` tells of one thing by its name.
  private func page(of name: String, in kind: ListKind) throws(Failure) -> StrategyPage {
    let pages: [StrategyPage]
    switch kind {
    case .strategies:
      pages =
        strategyDeclarations.map { StrategyPage(strategy: $0, place: .strategy) }
        + modeDeclarations.map { StrategyPage(strategy: $0, place: .mode) }
    case .mechanisms:
      pages = mechanismDeclarations.map { StrategyPage(strategy: $0, place: .mechanism) }
    default:
      throw options.usage(
        "only `list strategies` and `list mechanisms` take a name, found \(quoted(name))")
    }
    guard let page = pages.first(where: { $0.strategy.name == name }) else {
      let names = pages.map(\.strategy.name)
      throw options.usage(
        "expected one of \(names.joined(separator: ", ")), found \(quoted(name))"
          + hint(name, names))
    }
    return page
  }

  private func listing(_ kind: ListKind) -> Listing {
    switch kind {
    case .strategies:
      Self.declared("strategy", strategyDeclarations + modeDeclarations)
    case .mechanisms: Self.declared("mechanism", mechanismDeclarations)
    case .faults: Self.faults()
    case .scenarios: scenarios()
    case .metrics: Self.metrics()
    case .invariants: Self.invariants()
    case .currencies: Self.currencies()
    case .formats: Self.formats()
    case .exports: Self.exports()
    }
  }

  /// A line for each strategy, and below it one for each of its parameters.
  private static func declared(_ title: String, _ strategies: [StrategyDeclaration]) -> Listing {
    var listing = Listing(title, "parameter", "default", "takes", "description")
    for strategy in strategies {
      listing.add(strategy.name, "", "", "", strategy.description)
      for parameter in strategy.parameters {
        listing.add(
          strategy.name, parameter.name, parameter.defaultText, parameter.expected,
          parameter.description)
      }
    }
    return listing
  }

  /// The same for a person: strategies and modes apart, parameters with their defaults.
  private static func strategyTable() -> String {
    table("batching strategy", strategyDeclarations) + "\n"
      + table("settlement mode", modeDeclarations)
      + "\n`settlesim list strategies NAME` says how one works, and what parameters take.\n"
  }

  private static func mechanismTable() -> String {
    table("mechanism", mechanismDeclarations)
      + "\n`settlesim list mechanisms NAME` says how one works, and what parameters take.\n"
  }

  private static func table(_ title: String, _ strategies: [StrategyDeclaration]) -> String {
    var listing = Listing(title, "description")
    for strategy in strategies {
      listing.add(strategy.name, strategy.description)
      for parameter in strategy.parameters {
        let value = parameter.defaultValue.map { "=\($0)" } ?? ""
        listing.add("  \(parameter.name)\(value)", parameter.description)
      }
    }
    return listing.render(.table)
  }

  private func scenarios() -> Listing {
    var listing = Listing("scenario", "description")
    for name in ShippedScenarios.names(surroundings) {
      do throws(Failure) {
        listing.add(name, try load(name, overrides: []).settings.description)
      } catch {
        listing.add(name, "not valid: \(error.lines.first ?? "")")
      }
    }
    return listing
  }

  private static func currencies() -> Listing {
    var listing = Listing("currency", "minor_unit_digits")
    for currency in Currency.all { listing.add(currency.code, "\(currency.minorUnitDigits)") }
    return listing
  }

  private static func formats() -> Listing {
    var listing = Listing("format")
    for format in SummaryFormat.allCases { listing.add(format.rawValue) }
    return listing
  }

  private static func exports() -> Listing {
    var listing = Listing("export", "what")
    for kind in ExportKind.allCases { listing.add(kind.rawValue, kind.summary) }
    return listing
  }

  private static func faults() -> Listing {
    var listing = Listing("fault", "befalls", "takes", "description")
    for kind in FaultKind.all {
      listing.add(
        kind.name, kind.station.rawValue, kind.takesFactor ? "share, factor" : "share",
        kind.summary)
    }
    return listing
  }

  private static func invariants() -> Listing {
    var listing = Listing("invariant", "when", "meaning")
    for invariant in InvariantCatalog.all {
      listing.add(invariant.name, invariant.moment.rawValue, invariant.meaning)
    }
    return listing
  }

  private static func metrics() -> Listing {
    var listing = Listing("metric", "unit", "direction", "meaning")
    for figure in MetricCatalog.figures.sorted(by: { $0.name < $1.name }) {
      listing.add(figure.name, figure.unit.rawValue, figure.direction.rawValue, figure.meaning)
    }
    return listing
  }
}
