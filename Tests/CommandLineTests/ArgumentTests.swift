import Testing

@testable import CommandLine

@Suite("Arguments")
struct ArgumentTests {
  private func parse(_ arguments: String...) throws -> ParsedArguments {
    try ParsedArguments(arguments)
  }

  @Test("a value may stand behind an equals sign or in the next argument")
  func values() throws {
    let one = try parse("run", "a.yaml", "--seed", "7", "--threads=2")
    let other = try parse("run", "--threads", "2", "--seed=7", "a.yaml")
    #expect(one == other)
    #expect(one.values[.seed] == ["7"])
    #expect(try parse("run", "a", "--set=a=b=c").values[.set] == ["a=b=c"])
    #expect(try parse("run", "a", "--output=").values[.output] == [""])
  }

  @Test("after two dashes everything is an operand, and so is a lone dash")
  func endOfFlags() throws {
    #expect(try parse("validate", "--quiet", "--", "--seed", "-x").operands == ["--seed", "-x"])
    #expect(try parse("new", "-").operands == ["-"])
    #expect(try parse("validate", "-", "a").operands == ["-", "a"])
  }

  @Test("a flag that may be repeated keeps its order")
  func repeated() throws {
    let parsed = try parse("run", "a", "--set", "x=1", "--export", "html=r", "--set", "y=2")
    #expect(parsed.values[.set] == ["x=1", "y=2"])
  }

  @Test("help needs no operands")
  func help() throws {
    #expect(try parse("run", "--help").values[.help] != nil)
    #expect(try parse("run", "-h", "a", "b").values[.help] != nil)
    #expect(try parse("--help").command == .help)
    #expect(try parse("--version").command == .version)
  }

  @Test(
    "what cannot be understood is refused with code 64 and a way out",
    arguments: [
      (["rnu"], "there is no command `rnu`; did you mean `run`?"),
      (["frobnicate"], "there is no command `frobnicate`"),
      (["-q"], "expected a command before `-q`"),
      (["--seed", "1", "run"], "expected a command before `--seed`"),
      ([""], "there is no command ``"),
      (["run"], "expected SCENARIO after `run`"),
      (["run", "a", "b"], "did not expect `b`"),
      (["schema", "a"], "did not expect `a`"),
      (["replay"], "expected RESULT_DIR after `replay`"),
      (["run", "a", "--treads", "2"], "there is no flag `--treads`; did you mean `--threads`?"),
      (["run", "a", "--output-dir=x"], "there is no flag `--output-dir`"),
      (["run", "a", "-s"], "there is no flag `-s`"),
      (["run", "a", "---seed", "1"], "there is no flag `---seed`; did you mean `--seed`?"),
      (
        ["schema", "--seed", "1"],
        "--seed is no flag of `schema`, but of run, validate, compare, sweep"
      ),
      (["run", "a", "--seed"], "--seed needs a value: --seed N"),
      (
        ["run", "a", "--output", "--quiet"],
        "--output needs a value, found the flag `--quiet`; write --output=--quiet if that is the "
          + "value"
      ),
      (["run", "a", "--quiet=yes"], "--quiet takes no value, found `yes`"),
      (["run", "a", "--seed", "1", "--seed=2"], "--seed is given twice"),
      (["run", "a", "--quiet", "--quiet"], "--quiet is given twice"),
      (["run", "a", "--\u{1B}[31m"], "there is no flag `--\u{FFFD}[31m`"),
    ])
  func refusals(_ arguments: [String], _ message: String) {
    let failure = #expect(throws: Failure.self) { try ParsedArguments(arguments) }
    #expect(failure?.code == .usage)
    #expect(failure?.lines.first == "settlesim: " + message)
    #expect(failure?.lines.last?.hasPrefix("see `settlesim help") == true)
  }

  @Test("an argument that is no UTF-8 is refused by its number")
  func notUTF8() {
    let ended = Session().run(["run", nil])
    #expect(ended.code == 64)
    #expect(ended.errors.first == "settlesim: argument 2 is not UTF-8")
  }

  @Test("without arguments the overview goes to standard error, with code 64")
  func nothing() {
    let ended = Session()()
    #expect(ended.code == 64)
    #expect(ended.output.isEmpty && ended.error.contains("settlesim run smoke"))
  }
}
