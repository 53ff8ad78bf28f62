import Host
import Text
import Glibc
import Testing

@testable import Reporting

@Suite struct OutputTests {
  @Test("a full device is an error of kind noSpace")
  func full() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let output = CheckedOutput(descriptor: descriptor, name: "standard output")
    do {
      try output.write("x")
      Issue.record("the write did not fail")
    } catch {
      #expect(error.kind == .noSpace)
      #expect(
        error.description == "cannot write standard output: write: No space left on device")
    }
  }

  @Test("a closed pipe is an error of kind brokenPipe")
  func brokenPipe() throws {
    CheckedOutput.ignoreSignalsOfWrites()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let output = CheckedOutput(descriptor: ends[1], name: "standard output")
    #expect { try output.write("x") } throws: { ($0 as? OutputError)?.kind == .brokenPipe }
  }

  @Test("a closed descriptor is an error")
  func closed() {
    let output = CheckedOutput(descriptor: 1_000_000, name: "nowhere")
    #expect { try output.write("x") } throws: { ($0 as? OutputError)?.kind == .system }
  }

  @Test("more than a pipe holds is written whole, without blocking mode too")
  func shortWrites() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    let expected = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
    var thread = pthread_t()
    let descriptor = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    defer { descriptor.deallocate() }
    descriptor.pointee = writeEnd
    pthread_create(
      &thread, nil,
      { argument in
        let descriptor = argument!.assumingMemoryBound(to: Int32.self).pointee
        let bytes = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
        try! CheckedOutput(descriptor: descriptor, name: "pipe").write(bytes)
        close(descriptor)
        return nil
      }, descriptor)
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(readEnd, &chunk, chunk.count)
      if count <= 0 { break }
      received += chunk[..<count]
    }
    pthread_join(thread, nil)
    close(readEnd)
    #expect(received == expected)
  }
}

@Suite struct ResultReadingTests {
  @Test("a missing result, a directory for a file and a FIFO are told apart")
  func missing() {
    let sandbox = Sandbox()
    #expect(throws: ResultReadError.missing(path: sandbox.path + "/none/manifest.json")) {
      try ResultManifest(readingFrom: sandbox.path + "/none")
    }
    mkfifo(sandbox.path + "/manifest.json", 0o666)
    #expect(
      throws: ResultReadError.unreadable(
        path: sandbox.path + "/manifest.json", reason: "expected a regular file")
    ) { try ResultManifest(readingFrom: sandbox.path) }
  }

  @Test("a manifest reads back as it was written, hostile names included")
  func roundTrip() throws {
    for result in [sampleResult(), hostileResult()] {
      var result = result
      result.identity.inputs = [InputFile(name: "trace.csv", sha256: "ab", size: 12)]
      result.identity.seed = .max
      let manifest = ResultManifest(result, files: [InputFile(name: "b", sha256: "", size: 0)])
      let json = try CanonicalJSON(parsing: manifest.json.encoded(), file: "manifest.json")
      #expect(try ResultManifest(json, file: "manifest.json") == manifest)
    }
  }

  @Test(
    "an altered manifest is refused with file and key",
    arguments: [
      ("kind", .string("x"), "not the manifest of a settlesim result"),
      ("seed", "42", "seed: expected an integer"), ("seed", -1, "seed: expected an integer"),
      ("digest", "123", "digest: expected 16 hexadecimal digits"),
      ("scenario", .null, "scenario.name: expected a string"),
      ("overrides", [["path": "a"]], "overrides[0].value: expected a string"),
      ("files", [["name": 3]], "files[0].name: expected a string"),
      ("verdict", "fine", "verdict: expected one of the known verdicts"),
      ("complete", 1, "complete: expected true or false"),
      ("event_count", .decimal(1.5), "event_count: expected an integer"),
    ] as [(String, CanonicalJSON, String)])
  func altered(key: String, value: CanonicalJSON, reason: String) {
    guard case .object(var members) = ResultManifest(sampleResult(), files: []).json else { return }
    members[key] = value
    #expect(throws: ResultReadError.inconsistent(path: "manifest.json", reason: reason)) {
      try ResultManifest(.object(members), file: "manifest.json")
    }
  }

  @Test(
    "a result of another layout is refused by file, version and what to do", arguments: [1, 99])
  func otherVersion(version: Int) {
    guard case .object(var members) = ResultManifest(sampleResult(), files: []).json else { return }
    members["schema_version"] = .int(version)
    let error = #expect(throws: ResultReadError.self) {
      try ResultManifest(.object(members), file: "r/manifest.json")
    }
    #expect(error == .otherVersion(path: "r/manifest.json", version: version))
    let advice =
      version == 1
      ? "make it again with this one, or read it with the settlesim that wrote it"
      : "read it with a newer settlesim"
    #expect(
      error?.description
        == "r/manifest.json: result schema \(version), this settlesim reads 2; \(advice)")
  }

  @Test("a scenario text that was edited in the manifest is noticed by its hash")
  func editedScenario() throws {
    let text = ResultManifest(sampleResult(), files: []).json.encoded()
    let edited = text.replacing("seed: 42\\n", with: "seed: 43\\n")
    let json = try CanonicalJSON(parsing: edited, file: "manifest.json")
    #expect(
      throws: ResultReadError.inconsistent(
        path: "manifest.json", reason: "scenario.sha256 is not that of scenario.text")
    ) { try ResultManifest(json, file: "manifest.json") }
  }

  @Test("files altered, cut or gone since the run are listed")
  func differences() throws {
    let sandbox = Sandbox()
    try sandbox.publish("run")
    let manifest = try ResultManifest(readingFrom: sandbox.path + "/run")
    let text = try #require(sandbox.text("run/latencies.csv"))
    sandbox.put("run/latencies.csv", text.replacing("intake", with: "Intake"))
    sandbox.put("run/merchants.csv", "")
    unlink(sandbox.path + "/run/report.html")
    let found = manifest.differences(in: sandbox.path + "/run")
    let hashes = try ["latencies.csv", "merchants.csv"].map { name in
      try #require(manifest.files.first { $0.name == name }).sha256
    }
    #expect(found.count == 3 && found[0].hasPrefix("latencies.csv: it was changed after it was"))
    #expect(found[1].hasPrefix("merchants.csv: it was changed") && found[1].contains("0 bytes"))
    #expect(found[0].contains(hashes[0]) && found[1].contains(hashes[1]))
    #expect(found[2].hasSuffix("report.html: no such file"))
  }
}
