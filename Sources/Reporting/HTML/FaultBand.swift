import Text

/// A time at which a fault held, as a band over charts of time.
struct FaultBand {
  let id: String
  let window: Range<Int64>

  /// Class of the bands in drawings.
  static let kind = "fault"
  /// Most bands of a chart.
  private static let limit = 100

  /// The bands of a run, the first of each fault before the later ones.
  static func all(_ result: RunResult) -> [FaultBand] {
    let all = result.faults.flatMap { row in
      row.windows.prefix(limit).enumerated().map { (turn: $0.offset, band: ($0.element, row.id)) }
    }
    return all.sorted { $0.turn < $1.turn }.prefix(limit)
      .map { FaultBand(id: $0.band.1, window: $0.band.0) }
  }

  /// `noon from 12:00 to 12:01:30`, for the reader.
  static func words(_ bands: [FaultBand]) -> String {
    let named = bands.prefix(3).map {
      "\(SVGCanvas.shortened(visible($0.id), 40)) from \(TimeAxis.label($0.window.lowerBound)) to "
        + TimeAxis.label($0.window.upperBound)
    }
    return named.joined(separator: ", ")
      + (bands.count > 3 ? " and \(bands.count - 3) more" : "")
  }
}
