import Text

/// For each system: from the least liquidity that any order needs to what settling on arrival
/// takes, and where the run came out.
enum LiquidityChart {
  static func render(_ result: RunResult) -> String {
    let rows = result.systems.filter { $0.upperBound > 0 }.prefix(12)
    guard !rows.isEmpty else { return "" }
    let height = 34.0
    let words = rows.map { row in
      func amount(_ value: Int64) -> String { grouped(Int128(value), decimals: row.decimals) }
      return "\(row.currency): between \(amount(row.lowerBound)) and \(amount(row.upperBound)), "
        + "used \(amount(row.usage))"
    }
    var canvas = SVGCanvas(
      "liquidity-chart", width: 1_072, height: height * Double(rows.count) + 28,
      title: "Liquidity used, between its bounds", description: words.joined(separator: "; ") + ".")
    canvas.rect(120, 4, 18, 12, "soft")
    canvas.text(144, 14, "lower to upper bound", kind: "axis")
    canvas.circle(290, 10, 5, "dot")
    canvas.text(302, 14, "used", kind: "axis")
    for (index, row) in rows.enumerated() {
      let y = 24 + Double(index) * height
      let largest = Double(max(row.upperBound, row.usage))
      func x(_ value: Int64) -> Double { 120 + 700 * Double(value) / largest }
      canvas.text(108, y + 18, SVGCanvas.shortened(row.currency, 12), anchor: "end")
      canvas.rect(x(row.lowerBound), y + 6, x(row.upperBound) - x(row.lowerBound), 16, "soft")
      canvas.circle(x(row.usage), y + 14, 5, "dot")
      canvas.text(
        840, y + 18,
        "\(grouped(Int128(row.usage), decimals: row.decimals)) \(visible(row.currency))")
    }
    return canvas.render()
  }
}
