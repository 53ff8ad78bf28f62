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

  private static let width = 80

  /// As a page to read, or as a table of one row and one for each parameter.
  func render(_ format: SummaryFormat) -> String {
    if format == .table { return page }
    var listing = Listing("strategy", "parameter", "default", "takes", "description")
    listing.add(strategy.name, "", "", "", strategy.explanation)
    for parameter in strategy.parameters {
      listing.add(
        strategy.name, parameter.name, "\(parameter.defaultValue)", parameter.expected,
        parameter.description)
    }
    return listing.render(format)
  }

  private var page: String {
    var lines = [strategy.name] + Self.wrapped(strategy.description + ".", indent: "  ")
    if place == .mode {
      lines += ["", TextTable.flowed(strategy.explanation)]
    } else {
      for paragraph in strategy.explanation.split(separator: "\n\n") {
        lines += [""] + Self.wrapped(String(paragraph), indent: "")
      }
    }
    lines += ["", "Parameters"]
    if strategy.parameters.isEmpty { lines.append("  none") }
    for parameter in strategy.parameters {
      lines.append("  \(parameter.name): \(parameter.defaultValue)")
      lines += Self.wrapped(
        "\(parameter.description). Takes \(parameter.expected).", indent: "      ")
    }
    let key = place == .mode ? "mode" : "strategy"
    lines += ["", "In a scenario", place == .mode ? "  interbank:" : "  settlement:"]
    if strategy.parameters.isEmpty {
      lines.append("    \(key): \(strategy.name)")
    } else {
      lines += ["    \(key):", "      name: \(strategy.name)"]
      for parameter in strategy.parameters {
        lines.append("      \(parameter.name): \(parameter.defaultValue)")
      }
    }
    if place == .strategy { lines += [""] + priced }
    return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { visible(String($0)) + "\n" }.joined()
  }

  private var priced: [String] {
    Self.wrapped(
      strategy.isPriced
        ? "`settlement.priced` may name it: its cost is known without simulating it."
        : "`settlement.priced` may not name it: its cost is known only where it is simulated.",
      indent: "")
  }

  /// Words of `text` on lines of at most 80 columns, as far as words allow.
  private static func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count > indent.count, line.count + 1 + word.count > width {
        lines.append(line)
        line = indent
      }
      line += (line.count > indent.count ? " " : "") + word
    }
    return lines + [line]
  }
}
