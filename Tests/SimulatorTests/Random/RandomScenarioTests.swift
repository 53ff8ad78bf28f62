import Foundation
import Testing

@testable import Scenario

@Suite("Random scenarios that are accepted", .serialized)
struct RandomScenarioTests {
  @Test("end with a code of the table, with the same bytes on 1, 2 and 4 threads and in the replay")
  func clean() async {
    let settings = (count: TrialSettings.scenarios, seed: TrialSettings.seed)
    let size = 25
    let batches = stride(from: 0, to: settings.count, by: size).map { start in
      TrialBatch(
        numbers: Array(start..<min(start + size, settings.count)), seed: settings.seed)
    }
    let lines = await TrialBatch.told(by: batches) { await Self.child($0) }
    for line in lines where line.kind == .fault {
      Issue.record("scenario \(line.subject): \(line.text)")
    }
    let clean = lines.filter { $0.kind == .clean }
    let refused = lines.reduce(0) { $0 + ($1.counts.first ?? 0) }
    let mended = clean.reduce(0) { $0 + $1.counts[1] }
    print(
      "\(clean.count) of \(settings.count) random scenarios clean, \(refused) drafts refused, "
        + "\(mended) keys left out, seed \(settings.seed)")
    #expect(clean.count == settings.count)
    #expect(refused * 5 <= settings.count, "drafts that are refused prove nothing")
    #expect(mended <= 6 * settings.count, "keys that are left out are not tried")
    checkCoverage(clean, count: settings.count)
  }

  /// Every key of the schema is given by some of the scenarios.
  private func checkCoverage(_ clean: [TrialBatch.Line], count: Int) {
    guard count >= 300 else { return }
    let given = clean.reduce(into: Set<String>()) { $0.formUnion($1.paths) }
    let absent = Set(DeclaredSchema.leaves.map(\.description)).subtracting(given)
    #expect(absent.sorted() == [], "keys that no scenario gives")
  }

  private static func child(_ batch: TrialBatch) async {
    await #expect(processExitsWith: .success) { [batch] in
      batch.limitProcess()
      for number in batch.numbers {
        let seed = batch.seed &* 1_000_003 &+ UInt64(number)
        let name = "\(number) of seed \(batch.seed)"
        batch.allow(seconds: 400)
        batch.tell(.init(kind: .begun, subject: name, number: number, text: "while it was loaded"))
        guard let random = RandomScenario(seed: seed, directory: batch.directory) else {
          batch.tell(
            .init(kind: .fault, subject: name, number: number, text: "no draft is accepted"))
          continue
        }
        let text = random.tree.text
        batch.tell(.init(kind: .begun, subject: name, number: number, text: text))
        let fault = Trial.fault(
          of: random, directory: batch.directory, comparesAll: number % 6 == 0)
        if let fault {
          batch.tell(.init(kind: .fault, subject: name, number: number, text: "\(fault)\n\(text)"))
        } else {
          batch.tell(
            .init(
              kind: .clean, subject: name, number: number, counts: [random.refused, random.mended],
              paths: random.tree.givenPaths.sorted()))
        }
      }
    }
  }
}
