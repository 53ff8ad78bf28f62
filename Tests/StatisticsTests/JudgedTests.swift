import Chance
import Testing
import Chance

@testable import Statistics

@Suite("Statistics judged by SciPy")
struct JudgedTests {
  @Test("answers equal the committed ones of SciPy", arguments: goldenQuestions)
  func golden(_ question: Question) {
    #expect(
      agree(question.ours, question.answer, tolerance: question.tolerance / 10),
      "\(question.ours), \(question.answer)")
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
        agree(question.ours, answer, tolerance: question.tolerance),
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
    for degrees in [1, 2, 2.5, 3, 7, 19, 19.4, 49, 120, 9_999] {
      let places = (0...60).map { (Double($0) - 30) / 4 }
      questions.append(Question("student_upper_tail", places, second: [degrees]))
      let parts = (1...40).map { Double($0) / 80 } + [1e-4, 1e-9]
      questions.append(Question("student_upper_quantile", parts, second: [degrees]))
    }
    for count in [2, 3, 4, 7, 20, 64] {
      for power in [1.0, 2, 5] {
        let values = draw(count, tied: false).map { PortableMath.pow(abs($0), power) - 1.5 }
        questions.append(Question("mean", values))
        questions.append(Question("mean", values, second: draw(12, tied: power == 2)))
      }
    }
    for count in 1...20 {
      questions.append(Question("holm", draw(count, tied: false).map { abs($0) / 30 }))
    }
    return questions
  }
}
