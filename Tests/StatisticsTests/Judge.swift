import Foundation
import Testing

@testable import Statistics

/// A question to this module and to SciPy.
struct Question: Codable, CustomTestStringConvertible {
  var kind: String
  var first: [Double]
  var second: [Double]
  var answer: [Double]

  init(_ kind: String, _ first: [Double], second: [Double] = [], answer: [Double] = []) {
    self.kind = kind
    self.first = first
    self.second = second
    self.answer = answer
  }

  var testDescription: String { "\(kind) of \(first.count)" }

  /// How near the answers must be: those through the gamma function lose some figures.
  var tolerance: Double {
    kind.hasPrefix("student") || kind == "mean" ? 1e-9 : 1e-11
  }

  /// What this module answers.
  var ours: [Double] {
    switch kind {
    case "summary":
      let sample = Sample(first)
      return [sample.mean, sample.standardDeviation ?? 0, sample.skewness ?? 0]
        + [0.05, 0.25, 0.5, 0.9].map(sample.quantile)
    case "signed_rank": return [SignedRankTest(first).pValue]
    case "rank_sum": return [RankSumTest(first, second).pValue]
    case "normal_cumulative": return first.map(NormalDistribution.cumulative)
    case "normal_quantile": return first.map(NormalDistribution.quantile)
    case "student_upper_tail":
      return first.map(StudentDistribution(degrees: second[0]).upperTail)
    case "student_upper_quantile":
      return first.map(StudentDistribution(degrees: second[0]).upperQuantile)
    case "mean": return mean
    case "holm": return Holm.adjusted(first)
    default: preconditionFailure("no such question: \(kind)")
    }
  }

  /// The mean, or the difference of two means: value, error, p-value and two intervals.
  private var mean: [Double] {
    let estimate =
      second.isEmpty
      ? MeanEstimate(Sample(first))! : MeanEstimate(Sample(first), minus: Sample(second))!
    let intervals = [0.95, 0.8].map(estimate.interval)
    return [estimate.value, estimate.standardError, estimate.degrees, estimate.pValue]
      + intervals.flatMap { [$0.lower, $0.upper] }
  }
}

/// Whether two answers agree to twelve figures.
func agree(_ a: [Double], _ b: [Double], tolerance: Double = 1e-12) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1), 1e-300) }
}

/// SciPy in the package's `.venv`, which `make test` fills from Tests/requirements.txt.
enum Judge {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let python = root.appending(path: ".venv/bin/python3")

  /// Whether SciPy can be asked.
  static let isPresent: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import scipy"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static let absence: Comment =
    "SciPy is missing: `make test` puts it into .venv; the golden values are still checked"

  /// SciPy's answers.
  static func answers(_ questions: [Question]) throws -> [[Double]] {
    let process = Process()
    process.executableURL = python
    process.arguments = [root.appending(path: "Tests/Judges/statistics.py").path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let text = try JSONEncoder().encode(questions)
    DispatchQueue.global().async {
      input.fileHandleForWriting.write(text)
      try? input.fileHandleForWriting.close()
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode([[Double]].self, from: data)
  }
}
