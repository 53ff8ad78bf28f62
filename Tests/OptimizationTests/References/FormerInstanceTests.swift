import Foundation
import Testing

@testable import Optimization

@Suite("Two instances from runs, with optima that were found elsewhere")
struct FormerInstanceTests {
  /// Beside the checkout, where it stands: ../shared/data/plans.
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/data/plans")
  private static let isPresent = FileManager.default.fileExists(
    atPath: directory.appending(path: "24-payments.json").path)

  @Test(
    "their optima are reached", .enabled(if: isPresent, "the instances are not beside the package"),
    arguments: [("24-payments", 133.62), ("113-payments", 219.72)])
  func optima(name: String, dollars: Double) throws {
    let data = try Data(contentsOf: Self.directory.appending(path: name + ".json"))
    let problem = try JSONDecoder().decode(FormerInstance.self, from: data).rounds
    let solution = try RoundSolver().solve(problem)
    #expect(RoundAudit(solution, of: problem).violation() == nil)
    // The stated optima are rounded, and were found with a gap of their own.
    #expect(abs(solution.cost.total / 100 - dollars) < 0.000_5 * dollars, "\(name)")
    #expect(try #require(solution.gap) < 0.01, "\(name)")
  }
}
