import CJemalloc
import Glibc
import VirtualTime
import Yardstick

// The tandem work on its own: the yardstick of the runtime's speed, against Tests/Reference.

func option(_ name: String, default value: String) -> String {
  guard let i = CommandLine.arguments.firstIndex(of: name), i + 1 < CommandLine.arguments.count
  else { return value }
  return CommandLine.arguments[i + 1]
}

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

guard let payments = Int(option("--payments", default: "5000000")), payments > 0,
  let suspension = Suspension(rawValue: option("--suspension", default: "parking"))
else {
  let usage = "usage: tandem [--payments N] [--suspension parking|continuation]\n"
  write(STDERR_FILENO, usage, usage.utf8.count)
  exit(64)
}
let work = TandemWork(payments: payments, suspension: suspension)
let begin = monotonicSeconds()
work.run()
let wall = monotonicSeconds() - begin
print(
  """
  tandem payments \(work.completed) events \(work.eventCount) \
  mean_latency_s \(work.meanLatency) \
  wall_s \(wall) events_per_s \(Int(Double(work.eventCount) / wall)) \
  stray_jobs \(work.strayJobs) digest \(work.digest)
  """)
