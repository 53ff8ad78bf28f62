import Foundation
import Testing

@testable import Scenario
@testable import Simulator

@Suite("The ends of every key", .serialized)
struct ExtremeTests {
  /// One or two keys with values.
  private struct Case {
    var places: [(leaf: DeclaredSchema.Leaf, value: SchemaJSON)]

    var name: String {
      places.map { "\($0.leaf) = \($0.value.line.prefix(120))" }.joined(separator: ", ")
    }
  }

  @Test("alone are refused by name, or run to a code of the table")
  func alone() async {
    let lines = await Self.told(.alone)
    Self.judge(lines)
  }

  @Test("in pairs of one section are refused by name, or run to a code of the table")
  func pairs() async {
    let lines = await Self.told(.pairs)
    Self.judge(lines)
  }

  private static func judge(_ lines: [TrialBatch.Line]) {
    for line in lines where line.kind == .fault {
      Issue.record("\(line.subject): \(line.text)")
    }
    let clean = lines.count { $0.kind == .clean }
    let refused = lines.count { $0.kind == .refused }
    print("\(clean) worlds with ends ran, \(refused) were refused")
    #expect(clean > refused / 10 && refused > 0)
  }

  private enum Choice: UInt64 { case alone, pairs }

  /// All cases, in an order that the schema gives.
  private static func cases(_ choice: Choice) -> [Case] {
    let ends = DeclaredSchema.leaves.map { leaf in
      (leaf: leaf, values: ExtremeValues.values(leaf.schema))
    }
    switch choice {
    case .alone:
      return ends.flatMap { end in end.values.map { Case(places: [(end.leaf, $0)]) } }
    case .pairs:
      return ends.indices.flatMap { first in
        ends[(first + 1)...].filter { $0.leaf.keys[0] == ends[first].leaf.keys[0] }
          .flatMap { second in
            // Of each the smallest and the largest that it takes.
            [ends[first].values.prefix(1), ends[first].values.dropFirst(3).prefix(1)].joined()
              .flatMap { left in
                [second.values.prefix(1), second.values.dropFirst(3).prefix(1)].joined().map {
                  Case(places: [(ends[first].leaf, left), (second.leaf, $0)])
                }
              }
          }
      }
    }
  }

  /// The cases of one run of the tests: all of them where everything is asked for.
  private static func told(_ choice: Choice) async -> [TrialBatch.Line] {
    var numbers = Array(cases(choice).indices)
    if !TrialSettings.isWhole {
      var random = Chooser(seed: TrialSettings.seed)
      let most = choice == .alone ? 250 : 100
      // A thousand million arrivals are drawn for minutes before their run begins.
      let all = cases(choice)
      numbers = numbers.shuffled(using: &random).prefix(most).filter {
        !all[$0].name.contains("workload.generated.payments = 1000000000")
      }
    }
    let size = 100
    let batches = stride(from: 0, to: numbers.count, by: size).map { start in
      TrialBatch(
        numbers: Array(numbers[start..<min(start + size, numbers.count)]), seed: choice.rawValue)
    }
    return await TrialBatch.told(by: batches) { await Self.child($0) }
  }

  private static func child(_ batch: TrialBatch) async {
    await #expect(processExitsWith: .success) { [batch] in
      batch.limitProcess()
      guard let choice = ExtremeTests.Choice(rawValue: batch.seed) else { return }
      // By the name of the type: the closure is the whole of the child and captures nothing else.
      let cases = ExtremeTests.cases(choice)
      var generator = ScenarioGenerator(plainSeed: 13)
      RandomScenario.writeFiles(&generator, .small, batch.directory)
      for number in batch.numbers {
        batch.allow(seconds: 120)
        ExtremeTests.attempt(cases[number], number, batch)
      }
    }
  }

  private static func attempt(_ trial: Case, _ number: Int, _ batch: TrialBatch) {
    var tree = ScenarioTree.small
    for (leaf, value) in trial.places { tree.place(value, at: leaf) }
    let name = trial.name
    batch.tell(.init(kind: .begun, subject: name, number: number, text: tree.text))
    let run: ScenarioRun
    do {
      run = try ScenarioRun(try RandomScenario.load(tree.bytes, batch.directory))
    } catch {
      // What several keys have to be together is said of the mapping around them, or of the entry
      // of a list; what a file has to be as keys say how to read it, of the row.
      let keys = trial.places.flatMap { place in
        place.leaf.keys.filter { $0 != "[]" }.suffix(2)
          + place.leaf.keys.prefix(while: { $0 != "[]" }).suffix(1)
      }
      let isOfRow =
        trial.places.contains { $0.leaf.keys.contains("trace") }
        && "\(error)".contains(".csv:row ")
      let isNamed = isOfRow || keys.contains { "\(error)".contains($0) }
      batch.tell(
        .init(
          kind: isNamed ? .refused : .fault, subject: name, number: number,
          text: isNamed ? "" : "the refusal does not name the key: \(error)"))
      return
    }
    // A run that would be honest but long heeds the request to stop.
    let start = Trial.processorSeconds()
    let outcome = run.run(threads: 1) { _ in Trial.processorSeconds() - start < 2 }
    if let breach = outcome.breach {
      batch.tell(
        .init(
          kind: .fault, subject: name, number: number, text: "exit code 96: \(breach)\n\(tree.text)"
        ))
    } else {
      batch.tell(.init(kind: .clean, subject: name, number: number))
    }
  }
}
