import Text
import Money
import Reporting
import Scenario

/// What `--dry-run` prints: what would run, and where the result would go.
struct RunPlan {
  let scenario: LoadedScenario
  let threads: Int
  let target: String
  let exports: [ExportRequest]

  var text: String {
    let settings = scenario.settings
    var rows = [
      ("scenario", "\(settings.name)  (\(scenario.file))"),
      ("seed", "\(settings.seed)"),
      ("begins", "\(settings.time.date) 00:00 UTC"),
      ("arrivals", HumanFormat.duration(settings.time.duration.nanoseconds)),
      ("workload", workload),
      ("threads", "\(threads)"),
      ("result", target),
    ]
    for override in scenario.overrides where override.path != "seed" {
      rows.append(("set", "\(override.path)=\(override.value)"))
    }
    for export in exports {
      rows.append(("export", "\(export.content.kind.rawValue) to \(export.path)"))
    }
    rows.append(("thresholds", "\(settings.thresholds.count)"))
    let lines = rows.map { name, value in
      "  " + name + String(repeating: " ", count: 12 - name.count) + visible(value)
    }
    return (["Everything checked; this would run:"] + lines).joined(separator: "\n") + "\n"
  }

  /// Payments and transfers, whichever there are.
  private var workload: String {
    let transfers = scenario.settings.workload.transfers
    let parts = [
      payments,
      transfers.payments > 0 ? "\(HumanFormat.count(transfers.payments)) transfers" : nil,
      transfers.trace.map { "the recorded payments \($0.rows.file)" },
    ].compactMap { $0 }
    return parts.isEmpty ? "0 payments" : parts.joined(separator: ", ")
  }

  private var payments: String? {
    switch scenario.settings.workload.source {
    case .generated(let workload):
      switch workload.volume {
      case .payments(0): nil
      case .payments(let count): "\(HumanFormat.count(count)) payments"
      case .rate(let rate): "\(rate) payments a second on average"
      }
    case .trace(let trace): "the trace \(trace.file)"
    }
  }
}
