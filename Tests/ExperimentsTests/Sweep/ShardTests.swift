import Testing

@testable import Experiments

@Suite("Which share of a sweep a process has")
struct ShardTests {
  private func choose(
    _ given: String?, _ environment: [String: String] = [:]
  ) throws(SweepError) -> String {
    try ShardChoice(given: given, environment: environment).shard.name
  }

  private func slurm(_ id: Int, _ first: Int, _ last: Int, step: Int = 1) -> [String: String] {
    [
      "SLURM_ARRAY_TASK_ID": "\(id)", "SLURM_ARRAY_TASK_MIN": "\(first)",
      "SLURM_ARRAY_TASK_MAX": "\(last)", "SLURM_ARRAY_TASK_STEP": "\(step)",
      "SLURM_ARRAY_TASK_COUNT": "\((last - first) / step + 1)",
    ]
  }

  @Test(
    "the shards share all points out, each point once, evenly",
    arguments: [(1, 1), (10, 3), (3, 8), (100, 7), (12, 12)])
  func partition(_ points: Int, _ count: Int) {
    let shares = (1...count).map { Shard(index: $0, of: count)!.points(of: points) }
    #expect(shares.flatMap { $0 }.sorted() == Array(1...points))
    let sizes = shares.map(\.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test("there are shards 1 to N and no others")
  func range() {
    #expect(Shard(index: 0, of: 4) == nil && Shard(index: 5, of: 4) == nil)
    #expect(Shard(index: 0, of: 0) == nil && Shard(index: 1, of: 200_000) == nil)
    #expect(Shard(index: 4, of: 4) != nil)
  }

  @Test("a job array counts from 0 or from 1 or in steps, and the smallest id is shard 1")
  func arrays() throws {
    #expect(try choose(nil, slurm(0, 0, 7)) == "1-of-8")
    #expect(try choose(nil, slurm(7, 0, 7)) == "8-of-8")
    #expect(try choose(nil, slurm(1, 1, 8)) == "1-of-8")
    #expect(try choose(nil, slurm(8, 1, 8)) == "8-of-8")
    #expect(try choose(nil, slurm(4, 0, 14, step: 2)) == "3-of-8")
    #expect(try choose(nil, slurm(5, 5, 5)) == "1-of-1")
    #expect(try choose("/8", slurm(3, 1, 8)) == "3-of-8")
    var old = slurm(3, 1, 8)
    old["SLURM_ARRAY_TASK_STEP"] = nil
    old["SLURM_ARRAY_TASK_COUNT"] = nil
    #expect(try choose(nil, old) == "3-of-8")
  }

  @Test("an indexed job counts from 0, and says nowhere how far")
  func indexedJobs() throws {
    let first = ["JOB_COMPLETION_INDEX": "0", "SETTLESIM_SHARDS": "8"]
    #expect(try choose(nil, first) == "1-of-8")
    #expect(try choose("/8", ["JOB_COMPLETION_INDEX": "7"]) == "8-of-8")
    #expect(throws: SweepError.self) { try choose(nil, ["JOB_COMPLETION_INDEX": "0"]) }
    #expect(throws: SweepError.self) { try choose("/8", ["JOB_COMPLETION_INDEX": "8"]) }
  }

  @Test("the flag outranks the array, the array the index, and nothing is the whole")
  func ranks() throws {
    var all = slurm(3, 1, 8)
    all["JOB_COMPLETION_INDEX"] = "5"
    #expect(try choose("2/3", all) == "2-of-3")
    #expect(try choose(nil, all) == "3-of-8")
    #expect(try ShardChoice(given: nil, environment: all).origin == "SLURM_ARRAY_TASK_ID 3")
    #expect(try choose(nil) == "1-of-1")
    #expect(try choose(nil, ["SLURM_ARRAY_TASK_ID": "", "SETTLESIM_SHARDS": ""]) == "1-of-1")
    #expect(try choose(nil, ["SETTLESIM_SHARDS": "1"]) == "1-of-1")
  }

  @Test(
    "a flag that names no shard is refused",
    arguments: [
      "0/0", "5/4", "0/4", "1/0", "a/b", "1", "", "/", "1/", "-1/4", "1/4/2", "1.5/4", "1/200000",
      "/0", "1 /4", "99999999999999999999999/4",
    ])
  func badFlags(_ text: String) {
    let error = #expect(throws: SweepError.self) { try choose(text) }
    #expect(error?.kind == .usage && error?.description.contains("--shard") == true)
  }

  @Test("what schedulers say is refused where it does not fit together")
  func badEnvironments() {
    var gap = slurm(3, 1, 8)
    gap["SLURM_ARRAY_TASK_COUNT"] = "2"
    var text = slurm(3, 1, 8)
    text["SLURM_ARRAY_TASK_ID"] = "three"
    for environment in [
      gap, text, slurm(9, 1, 8), slurm(3, 0, 14, step: 2), ["SLURM_ARRAY_TASK_ID": "3"],
      ["SETTLESIM_SHARDS": "8"], ["SETTLESIM_SHARDS": "x", "JOB_COMPLETION_INDEX": "1"],
      ["SETTLESIM_SHARDS": "8", "JOB_COMPLETION_INDEX": "-1"],
    ] {
      let error = #expect(throws: SweepError.self, "\(environment)") {
        try choose(nil, environment)
      }
      #expect(error?.kind == .usage)
    }
    #expect(throws: SweepError.self) { try choose("/4", slurm(3, 1, 8)) }
    #expect(throws: SweepError.self) { try choose("/4") }
  }
}
