import Declared
import Text
import Reporting
import Scenario

/// All that is known of one strategy, for `list strategies NAME`, or mechanism.
struct StrategyPage {
  /// Where a scenario names it.
  enum Place {
    /// `settlement.strategy`.
    case strategy
    /// `interbank.mode`.
    case mode
    /// An entry of `interbank.mode.liquidity_saving`.
    case mechanism
  }
  let strategy: StrategyDeclaration
  let place: Place

  /// As a page to read, or as a table of one row and one for each parameter.
  func render(_ format: SummaryFormat) -> String {
    if format == .table { return page }
    var listing = Listing(
      place == .mechanism ? "mechanism" : "strategy", "parameter", "default", "takes", "description"
    )
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
    if place != .strategy {
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
    lines += ["", "In a scenario"] + inScenario
    if place == .strategy { lines += ["", priced] }
    return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { visible(String($0)) + "\n" }.joined()
  }

  private var inScenario: [String] {
    if place == .mechanism {
      return ["  interbank:", "    mode:", "      name: rtgs", "      liquidity_saving:"]
        + ["        - mechanism: \(strategy.name)"]
        + given.map { "          \($0)" }
    }
    let (section, key) = place == .mode ? ("interbank", "mode") : ("settlement", "strategy")
    guard !given.isEmpty else {
      return ["  \(section):", "    \(key): \(strategy.name)"]
    }
    return ["  \(section):", "    \(key):", "      name: \(strategy.name)"]
      + given.map { "      \($0)" }
  }

  /// What stands for the parameters that are set unless a scenario says otherwise.
  private var given: [String] {
    strategy.parameters.compactMap { parameter in
      parameter.defaultValue.map { "\(parameter.name): \($0)" }
    }
  }

  private var priced: String {
    TextTable.paragraph(
      strategy.isPriced
        ? "`settlement.priced` may name it: its cost is known without simulating it."
        : "`settlement.priced` may not name it: its cost is known only where it is simulated.",
      indent: 0)
  }
}
