import Chance
import Testing
import VirtualTime

@testable import Statistics

@Suite("Statistics judged by SciPy")
struct JudgedTests {
  @Test("answers equal the committed ones of SciPy", arguments: goldenQuestions)
  func golden(_ question: Question) {
    #expect(agree(question.ours, question.answer), "\(question.ours), \(question.answer)")
  }

  @Test(
    "answers to hundreds of drawn questions equal SciPy's",
    .enabled(if: Judge.isPresent, Judge.absence))
  func drawn() throws {
    let questions = drawnQuestions()
    let answers = try Judge.answers(questions)
    #expect(answers.count == questions.count)
    for (question, answer) in zip(questions, answers) {
      #expect(
        agree(question.ours, answer, tolerance: 1e-11),
        "\(question): ours \(question.ours), SciPy's \(answer)")
    }
  }

  @Test(
    "the committed answers are SciPy's", .enabled(if: Judge.isPresent, Judge.absence))
  func committed() throws {
    let answers = try Judge.answers(goldenQuestions)
    for (question, answer) in zip(goldenQuestions, answers) {
      #expect(agree(question.answer, answer), "\(question)")
    }
  }

  @Test("bootstrap intervals are near those of SciPy", arguments: goldenIntervals)
  func intervals(_ question: Question) {
    let statistic: Bootstrap.Statistic = question.kind.hasSuffix("mean") ? .mean : .median
    let bootstrap = Bootstrap(
      question.first, statistic, resamples: 40_000,
      random: RandomStream(seed: 1, component: "test", purpose: question.kind))
    let interval =
      question.kind.hasPrefix("percentile")
      ? bootstrap.percentileInterval(confidence: 0.95)
      : bootstrap.acceleratedInterval(confidence: 0.95)
    let spread = Sample(question.first).standardDeviation!
    // A median moves in steps between the sample's values: there the ends are equal or a step off.
    let tolerance = statistic == .mean ? 0.02 * spread : 0.1 * spread
    #expect(abs(interval.lower - question.answer[0]) <= tolerance, "\(interval)")
    #expect(abs(interval.upper - question.answer[1]) <= tolerance, "\(interval)")
  }

  /// Samples of all sizes, smooth and tied, with and without zeros.
  private func drawnQuestions() -> [Question] {
    var random = RandomStream(seed: 3, component: "test", purpose: "questions")
    func draw(_ count: Int, tied: Bool) -> [Double] {
      (0..<count).map { _ in
        let value = random.uniform() * 8 - 3.5
        return tied ? value.rounded() : value
      }
    }
    var questions: [Question] = []
    for count in Array(1...60) + [75, 120] {
      for tied in [false, true] {
        questions.append(Question("summary", draw(count, tied: tied)))
        questions.append(Question("signed_rank", draw(count, tied: tied)))
      }
    }
    for (first, second) in [(1, 1), (1, 9), (5, 7), (12, 3), (20, 24), (25, 25), (26, 9), (60, 80)]
    {
      questions.append(
        Question("rank_sum", draw(first, tied: false), second: draw(second, tied: false)))
    }
    for (first, second) in [(1, 4), (4, 4), (6, 7), (9, 5), (30, 10), (70, 40)] {
      questions.append(
        Question("rank_sum", draw(first, tied: true), second: draw(second, tied: true)))
    }
    questions.append(
      Question("normal_cumulative", (0...400).map { (Double($0) - 200) / 25 }))
    questions.append(Question("normal_quantile", (1..<400).map { Double($0) / 400 }))
    for count in 1...20 {
      questions.append(Question("holm", draw(count, tied: false).map { abs($0) / 30 }))
    }
    return questions
  }
}
