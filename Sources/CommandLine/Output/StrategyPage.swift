import Declared
import Text
import Reporting
import Scenario

/// All that is known of one strategy, for `list strategies NAME`.
struct StrategyPage {
  /// Where a scenario names it.
  enum Place {
    /// `settlement.strategy`.
    case strategy
    /// `interbank.mode`.
    case mode
  }
  let strategy: StrategyDeclaration
  let place: Place

  /// As a page to read, or as a table of one row and one for each parameter.
  func render(_ format: SummaryFormat) -> String {
    if format == .table { return page }
    var listing = Listing("strategy", "parameter", "default", "takes", "description")
    listing.add(strategy.name, "", "", "", strategy.explanation)
    for parameter in strategy.parameters {
      listing.add(
        strategy.name, parameter.name, parameter.defaultText, parameter.expected,
        parameter.description)
    }
    return listing.render(format)
  }

  private var page: String {
    var lines = [strategy.name] + [TextTable.paragraph(strategy.description + ".", indent: 2)]
    if place == .mode {
      lines += ["", TextTable.flowed(strategy.explanation)]
    } else {
      for paragraph in strategy.explanation.split(separator: "\n\n") {
        lines += ["", TextTable.paragraph(String(paragraph), indent: 0)]
      }
    }
    lines += ["", "Parameters"]
    if strategy.parameters.isEmpty { lines.append("  none") }
    for parameter in strategy.parameters {
      lines.append("  \(parameter.name): \(parameter.defaultText)")
      lines.append(
        TextTable.paragraph(
          "\(parameter.description). Takes \(parameter.expected).", indent: 6))
    }
    let key = place == .mode ? "mode" : "strategy"
    lines += ["", "In a scenario", place == .mode ? "  interbank:" : "  settlement:"]
    if strategy.parameters.isEmpty {
      lines.append("    \(key): \(strategy.name)")
    } else {
      lines += ["    \(key):", "      name: \(strategy.name)"]
      for parameter in strategy.parameters {
        guard let value = parameter.defaultValue else { continue }
        lines.append("      \(parameter.name): \(value)")
      }
    }
    if place == .strategy { lines += ["", priced] }
    return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { visible(String($0)) + "\n" }.joined()
  }

  private var priced: String {
    TextTable.paragraph(
      strategy.isPriced
        ? "`settlement.priced` may name it: its cost is known without simulating it."
        : "`settlement.priced` may not name it: its cost is known only where it is simulated.",
      indent: 0)
  }
}
