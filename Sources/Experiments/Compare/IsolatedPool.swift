import Simulator
import VirtualTime

/// What it takes to carry runs out in child processes.
public struct RunIsolation {
  /// The process that is forked.
  public var process: ForkingProcess
  /// Told of a run whose process died; returning false ends the work.
  public var died: (Int, ChildDeath) -> Bool
}

/// The runs of a `RunPool` in child processes.
struct IsolatedPool<Failure: Error> {
  let isolation: RunIsolation
  let prepare: (Int) throws(Failure) -> RunPool<Failure>.Body
  let progress: (Int, RunProgress) -> Bool
  let finish: (Int, RunSummary) -> Bool

  /// Nanoseconds of real time between two pieces of news of a run.
  private static var newsInterval: Int64 { 50_000_000 }

  func run(count: Int, threads: Int) throws(RunPool<Failure>.Refusal) {
    let processes = isolation.process.mostProcesses(max(1, min(threads, count)))
    let threadsPerRun = max(1, threads / processes)
    var refusal: RunPool<Failure>.Refusal?
    ChildProcesses(
      processes: processes, count: count, process: isolation.process,
      work: { index, send in carryOut(index, threadsPerRun, send) },
      receive: { index, message in
        let goesOn: Bool
        switch message {
        case .news(let bytes): goesOn = progress(index, RunProgress(bytes))
        case .death(let death): goesOn = isolation.died(index, death)
        case .result(let bytes):
          if let summary = Self.summary(bytes) {
            goesOn = finish(index, summary)
          } else {
            // The child has no preparation to show: this process finds the same trouble.
            goesOn = false
            let cause = trouble(index)
            if let cause, refusal.map({ index < $0.index }) ?? true {
              refusal = RunPool<Failure>.Refusal(index: index, cause: cause)
            }
          }
        }
        return goesOn ? count - 1 : index
      }
    ).run()
    if let refusal { throw refusal }
  }

  private func trouble(_ index: Int) -> Failure? {
    do throws(Failure) {
      _ = try prepare(index)
      return nil
    } catch { return error }
  }

  private static func summary(_ bytes: [UInt8]) -> RunSummary? {
    var unpacker = Unpacker(bytes)
    return unpacker.flag() ? RunSummary(&unpacker) : nil
  }

  /// In the child.
  private func carryOut(
    _ index: Int, _ threads: Int, _ send: @escaping ([UInt8]) -> Void
  ) -> [UInt8] {
    var packer = Packer()
    do throws(Failure) {
      let body = try prepare(index)
      var last = isolation.process.clock()
      let outcome = body(threads) { state in
        let now = isolation.process.clock()
        if now - last >= Self.newsInterval {
          last = now
          send(state.packed)
        }
        return !isolation.process.shouldStop()
      }
      packer.add(true)
      RunSummary(outcome).pack(into: &packer)
    } catch {
      packer.add(false)
    }
    return packer.bytes
  }
}

extension RunProgress {
  init(_ bytes: [UInt8]) {
    var unpacker = Unpacker(bytes)
    self.init(
      now: VirtualInstant(nanoseconds: Int64(unpacker.number())),
      arrivalsEnd: VirtualInstant(nanoseconds: Int64(unpacker.number())),
      requests: unpacker.number(),
      expectedRequests: unpacker.flag() ? unpacker.number() : nil, events: unpacker.number())
  }

  var packed: [UInt8] {
    var packer = Packer()
    packer.add(Int(now.nanoseconds))
    packer.add(Int(arrivalsEnd.nanoseconds))
    packer.add(requests)
    packer.add(expectedRequests != nil)
    if let expectedRequests { packer.add(expectedRequests) }
    packer.add(events)
    return packer.bytes
  }
}
