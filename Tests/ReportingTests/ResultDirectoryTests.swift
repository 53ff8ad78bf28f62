import Host
import Glibc
import Testing

@testable import Reporting

/// A directory of its own for a test, removed with the value.
final class Sandbox {
  let path: String

  init() {
    var template = Array("/tmp/settlesim-tests-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template)!)
  }

  deinit { Posix.removeAll(path) }

  func names(_ below: String = "") -> [String] { (try? Posix.names(in: path + below)) ?? [] }

  func put(_ name: String, _ text: String) {
    let file = fopen(path + "/" + name, "w")!
    fputs(text, file)
    fclose(file)
  }

  func text(_ name: String) -> String? {
    (try? RegularFile.read(path + "/" + name, limit: 1 << 30)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func publish(_ name: String, _ result: RunResult = sampleResult()) throws {
    let directory = try ResultDirectory(path: path + "/" + name)
    try directory.publish(result, environment: sampleEnvironment())
  }

  /// The error of making a result at `name`, with nothing left behind by the attempt.
  func refusal(_ name: String) -> OutputError? {
    let before = names()
    do throws(OutputError) {
      let directory = try ResultDirectory(path: path + "/" + name)
      try directory.publish(sampleResult(), environment: sampleEnvironment())
      return nil
    } catch {
      #expect(names() == before, "something was left behind")
      return error
    }
  }
}

private let standardNames = [
  "acquirers.csv", "checks.csv", "cost_components.csv", "cost_summary.csv", "platform_deals.csv",
  "end_states.csv",
  "environment.json", "invariants.csv", "latencies.csv", "manifest.json", "merchants.csv",
  "metrics.csv", "levels.csv", "money.csv", "reconciliation.csv", "refusals.csv", "report.html",
  "series.csv", "steps.csv", "strategies.csv", "summary.json", "thresholds.csv", "throughput.csv",
  "timeseries.csv",
]

@Suite struct ResultDirectoryTests {
  @Test("a result has the standard files and the extra ones, and nothing else is left beside it")
  func publish() throws {
    let sandbox = Sandbox()
    let directory = try ResultDirectory(path: sandbox.path + "/a/b/run/")
    let file = try directory.file("files/acquirers/northbank-0.csv")
    for row in 0..<20_000 { try file.write("\(row),captured\n") }
    try directory.write("journal.csv", "id\n1\n")
    #expect(sandbox.names("/a/b").contains("run") == false, "nothing stands there before the end")
    try directory.publish(sampleResult(), environment: sampleEnvironment())
    #expect(sandbox.names("/a/b") == ["run"])
    #expect(sandbox.names("/a/b/run") == (standardNames + ["files", "journal.csv"]).sorted())
    let manifest = try ResultManifest(readingFrom: sandbox.path + "/a/b/run")
    #expect(manifest.identity == sampleResult().identity)
    #expect(manifest.files.map(\.name).contains("files/acquirers/northbank-0.csv"))
    #expect(manifest.differences(in: sandbox.path + "/a/b/run") == [])
    #expect(file.size == 288_890 && !manifest.files.map(\.name).contains("environment.json"))
  }

  @Test("two results of one run are the same bytes, the environment apart")
  func deterministic() throws {
    let sandbox = Sandbox()
    try sandbox.publish("one")
    try sandbox.publish("two")
    for name in standardNames where name != "environment.json" {
      #expect(sandbox.text("one/" + name) == sandbox.text("two/" + name), "\(name)")
    }
  }

  @Test("a former result is replaced as a whole")
  func replace() throws {
    let sandbox = Sandbox()
    let first = try ResultDirectory(path: sandbox.path + "/run")
    try first.write("files/old.csv", "old")
    try first.publish(sampleResult(), environment: sampleEnvironment())
    try sandbox.publish("run")
    #expect(sandbox.names() == ["run"])
    #expect(sandbox.names("/run") == standardNames.sorted())
  }

  @Test("where names cannot be exchanged the former result steps aside")
  func replaceInTwoSteps() throws {
    let sandbox = Sandbox()
    try sandbox.publish("run")
    let place = try ResultPath(sandbox.path + "/run")
    mkdir(place.partial, 0o777)
    sandbox.put(".run.partial-\(getpid())/new", "new")
    try FormerResult.replaceInTwoSteps(place, by: place.partial)
    #expect(sandbox.names() == ["run"] && sandbox.names("/run") == ["new"])
    #expect(throws: OutputError.self) {
      try FormerResult.replaceInTwoSteps(place, by: place.partial)
    }
    #expect(sandbox.names("/run") == ["new"], "a failure puts the former result back")
  }

  @Test("an empty directory is taken")
  func empty() throws {
    let sandbox = Sandbox()
    mkdir(sandbox.path + "/run", 0o777)
    try sandbox.publish("run")
    #expect(sandbox.names("/run") == standardNames.sorted())
  }

  @Test("a file, a link, a foreign directory in the way are refused and stay as they are")
  func inTheWay() throws {
    let sandbox = Sandbox()
    sandbox.put("file", "mine")
    mkdir(sandbox.path + "/foreign", 0o777)
    sandbox.put("foreign/thesis.txt", "mine")
    mkdir(sandbox.path + "/web", 0o777)
    sandbox.put("web/manifest.json", #"{"name": "an app"}"#)
    mkdir(sandbox.path + "/real", 0o777)
    symlink("real", sandbox.path + "/link")
    symlink("/dev/full", sandbox.path + "/full")
    mkfifo(sandbox.path + "/fifo", 0o666)
    #expect(sandbox.refusal("file")?.reason == "a file is in the way")
    #expect(sandbox.refusal("fifo")?.reason == "a file is in the way")
    #expect(sandbox.refusal("link")?.reason.contains("symbolic link") == true)
    #expect(sandbox.refusal("full")?.reason.contains("symbolic link") == true)
    #expect(sandbox.refusal("foreign")?.reason.contains("no result of settlesim") == true)
    #expect(sandbox.refusal("web")?.reason.contains("not the manifest") == true)
    #expect(sandbox.refusal("file/below")?.kind == .system)
    #expect(sandbox.text("file") == "mine" && sandbox.text("foreign/thesis.txt") == "mine")
  }

  @Test("a former result that holds somebody's own file is not removed")
  func foreignFile() throws {
    let sandbox = Sandbox()
    try sandbox.publish("run")
    sandbox.put("run/notes.txt", "mine")
    #expect(sandbox.refusal("run")?.reason.contains("notes.txt") == true)
    #expect(sandbox.text("run/notes.txt") == "mine")
  }

  @Test(
    "names that are no directory of their own are refused",
    arguments: ["", "/", ".", "..", "a/..", "a\0b"])
  func badTargets(path: String) {
    #expect(throws: OutputError.self) { try ResultDirectory(path: path) }
  }

  @Test(
    "files stay inside the result",
    arguments: [
      "../x", "/etc/x", "files/../../x", "", "files//x", "files/", ".hidden", "a\nb", "a\\b",
      "a\u{202E}b", "a/b/c/d/e",
    ])
  func badFileNames(name: String) throws {
    let sandbox = Sandbox()
    let directory = try ResultDirectory(path: sandbox.path + "/run")
    #expect(throws: OutputError.self) { try directory.write(name, "x") }
    directory.abandon()
    #expect(sandbox.names() == [])
  }

  @Test("of two runs into one directory the second is told at once")
  func twoRuns() throws {
    let sandbox = Sandbox()
    let first = try ResultDirectory(path: sandbox.path + "/run")
    #expect(throws: OutputError(.busy, sandbox.path + "/run", "another run is writing to it")) {
      try ResultDirectory(path: sandbox.path + "/run")
    }
    try first.publish(sampleResult(), environment: sampleEnvironment())
    try sandbox.publish("run")
    #expect(sandbox.names() == ["run"])
  }

  @Test("what a killed run left is removed by the next, and only that")
  func leftovers() throws {
    let sandbox = Sandbox()
    for name in [".run.partial-99", ".run.partial-99.partial-1", ".run.partial-x"] {
      mkdir(sandbox.path + "/" + name, 0o777)
      sandbox.put(name + "/summary.json", "{")
    }
    sandbox.put(".run.lock", "")
    try sandbox.publish("run")
    #expect(sandbox.names() == [".run.partial-99.partial-1", ".run.partial-x", "run"])
  }

  @Test("a result given up or dropped leaves nothing, not even the directories above it")
  func abandon() throws {
    let sandbox = Sandbox()
    var directory: ResultDirectory? = try ResultDirectory(path: sandbox.path + "/a/b/run")
    try directory?.write("files/x.csv", "x")
    directory = nil
    #expect(sandbox.names() == [])
  }

  @Test("an obstacle met while publishing leaves nothing and keeps the former result")
  func failingPublish() throws {
    let sandbox = Sandbox()
    try sandbox.publish("run")
    let former = sandbox.text("run/manifest.json")
    let directory = try ResultDirectory(path: sandbox.path + "/run")
    mkdir(directory.place.partial + "/strategies.csv", 0o777)
    #expect(throws: OutputError.self) {
      try directory.publish(sampleResult(), environment: sampleEnvironment())
    }
    #expect(sandbox.names() == ["run"] && sandbox.text("run/manifest.json") == former)
  }

  @Test("an interrupted run is marked in summary and manifest")
  func interrupted() throws {
    let sandbox = Sandbox()
    var result = sampleResult()
    result.verdict = .interrupted
    result.isComplete = false
    try sandbox.publish("run", result)
    let manifest = try ResultManifest(readingFrom: sandbox.path + "/run")
    #expect(manifest.verdict == .interrupted && !manifest.isComplete)
    #expect(sandbox.text("run/summary.json")?.contains("\"verdict\": \"interrupted\"") == true)
  }
}
