import CRuntimeHooks
import Glibc
import VirtualTime

/// Child processes that take the numbers `0..<count` one by one, so that the death of one costs the
/// number that it had and no other: another child takes its place.
///
/// A child is a fork of this process, made while it has one thread, and so has all that the work
/// needs. It gets a number, does the work, and answers with bytes; it ends when this process does.
/// What asks this process to stop is handed on to the children as SIGTERM.
struct ChildProcesses {
  /// What comes from a child.
  enum Message {
    /// Sent in the middle of the work.
    case news([UInt8])
    /// The work's result.
    case result([UInt8])
    /// There is none.
    case death(ChildDeath)
  }

  /// How many children work at once.
  let processes: Int
  /// How many numbers there are.
  let count: Int
  /// This process. Once it is asked to stop no number is given out.
  let process: ForkingProcess
  /// Called in a child with a number and a way to send news.
  let work: (Int, @escaping ([UInt8]) -> Void) -> [UInt8]
  /// Called in this process with what a child says of its number. Gives the highest number that is
  /// still wanted.
  let receive: (Int, Message) -> Int

  /// Returns when every number is done, or is not wanted any more.
  func run() {
    process.willFork()
    var running = Running(self)
    running.run()
    if running.mayFork { process.hasForked() }
  }
}

/// Memory that a child shares with its parent, for a report.
private struct SharedReport {
  private static let size = 16_384
  let memory: UnsafeMutablePointer<CChar>

  init?() {
    let memory = mmap(
      nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    self.memory = memory.assumingMemoryBound(to: CChar.self)
  }

  func use() { settlesim_report_into(memory, Self.size) }
  func free() { munmap(memory, Self.size) }
}

private struct Running {
  private struct Child {
    var process: pid_t
    var descriptor: Int32
    var report: SharedReport
    var number: Int?
    var input: [UInt8] = []
    var isToldToStop = false
  }

  private let plan: ChildProcesses
  private var children: [Child] = []
  private var next = 0
  private var last: Int
  /// Until the system gives no process.
  private(set) var mayFork = true

  init(_ plan: ChildProcesses) {
    self.plan = plan
    last = plan.count - 1
  }

  private var isMoreToDo: Bool { next <= last && !plan.process.shouldStop() }

  mutating func run() {
    while true {
      while mayFork, children.count < plan.processes, isMoreToDo, start() {}
      if children.isEmpty {
        // The system gives no process: this one does the work.
        guard isMoreToDo else { return }
        if mayFork { plan.process.hasForked() }
        mayFork = false
        workHere()
      } else {
        stopTheUnwanted()
        poll()
      }
    }
  }

  private mutating func workHere() {
    let number = next
    next += 1
    let receive = plan.receive
    let result = plan.work(number) { _ = receive(number, .news($0)) }
    last = min(last, receive(number, .result(result)))
  }

  /// Starts a child with the next number; false where the system gives none.
  private mutating func start() -> Bool {
    var ends: [Int32] = [-1, -1]
    guard let report = SharedReport() else { return false }
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      report.free()
      return false
    }
    let process = settlesim_fork()
    if process == 0 {
      close(ends[0])
      for child in children { close(child.descriptor) }
      report.use()
      Self.live { [plan, descriptor = ends[1]] in Self.obey(descriptor, plan) }
    }
    close(ends[1])
    guard process > 0 else {
      close(ends[0])
      report.free()
      return false
    }
    children.append(Child(process: process, descriptor: ends[0], report: report))
    give(children.count - 1)
    return true
  }

  /// Gives a child the next number or, where there is none, the word to end.
  private mutating func give(_ index: Int) {
    let number = isMoreToDo ? next : -1
    if number >= 0 {
      next += 1
      children[index].number = number
    }
    withUnsafeBytes(of: Int64(number)) { Pipe.write($0, to: children[index].descriptor) }
  }

  /// Asks the children to stop whose numbers are not wanted any more.
  private mutating func stopTheUnwanted() {
    let isOver = plan.process.shouldStop()
    for index in children.indices where !children[index].isToldToStop {
      guard let number = children[index].number, isOver || number > last else { continue }
      kill(children[index].process, SIGTERM)
      children[index].isToldToStop = true
    }
  }

  /// Waits for a while for what the children say.
  private mutating func poll() {
    var entries = children.map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    guard Glibc.poll(&entries, nfds_t(entries.count), 50) > 0 else { return }
    for index in entries.indices.reversed() where entries[index].revents != 0 { listen(index) }
  }

  private mutating func listen(_ index: Int) {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = Pipe.retrying { read(children[index].descriptor, &piece, piece.count) }
    guard count > 0 else { return bury(index) }
    children[index].input += piece[..<count]
    while let (isResult, bytes) = Pipe.takeMessage(&children[index].input) {
      guard let number = children[index].number else { continue }
      guard isResult else {
        last = min(last, plan.receive(number, .news(bytes)))
        continue
      }
      children[index].number = nil
      last = min(last, plan.receive(number, .result(bytes)))
      children[index].isToldToStop = false
      give(index)
    }
  }

  /// Takes leave of a child that has ended, with or without a number.
  private mutating func bury(_ index: Int) {
    let child = children.remove(at: index)
    close(child.descriptor)
    var status: Int32 = 0
    _ = Pipe.retrying { Int(waitpid(child.process, &status, 0)) }
    let report = String(cString: child.report.memory)
    child.report.free()
    guard let number = child.number, !child.isToldToStop else { return }
    last = min(
      last, plan.receive(number, .death(ChildDeath(status: status, report: report))))
  }

  /// Gives a child a thread of its own to live on. The thread that was forked has the number of its
  /// twin in the parent remembered, in the runtime's locks too: where another thread of the child
  /// met it at a lock, the kernel would look for the owner in the parent, and both would hang.
  private static func live(_ life: @escaping () -> Void) -> Never {
    if let thread = NativeThread(life) { thread.join() } else { life() }
    _exit(0)
  }

  /// The life of a child.
  private static func obey(_ descriptor: Int32, _ plan: ChildProcesses) -> Never {
    // A key of the terminal goes to all processes of a command: the parent hands it on.
    signal(SIGINT, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    plan.process.beginChild(plan.processes)
    while true {
      var number: Int64 = -1
      let isWhole = withUnsafeMutableBytes(of: &number) { Pipe.read($0, from: descriptor) }
      guard isWhole, number >= 0 else { _exit(0) }
      let result = plan.work(Int(number)) { Pipe.send($0, isResult: false, to: descriptor) }
      Pipe.send(result, isResult: true, to: descriptor)
    }
  }
}

/// Messages on a stream: a byte that says whether it is a result, the length, and the bytes.
private enum Pipe {
  private static let headSize = 9

  static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  static func send(_ bytes: [UInt8], isResult: Bool, to descriptor: Int32) {
    var packer = Packer()
    packer.add(bytes.count)
    write([isResult ? 1 : 0] + packer.bytes + bytes, to: descriptor)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { write($0, to: descriptor) }
  }

  /// Writes all; gives up where nobody reads, which the reader notices by itself.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let written = retrying { Glibc.write(descriptor, rest.baseAddress, rest.count) }
      guard written > 0 else { return }
      offset += written
    }
  }

  /// Fills the buffer; false at the end of the stream.
  static func read(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Bool {
    var offset = 0
    while offset < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
      let count = retrying { Glibc.read(descriptor, rest.baseAddress, rest.count) }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }

  /// Removes the first message; nil while it has not come whole.
  static func takeMessage(_ input: inout [UInt8]) -> (isResult: Bool, bytes: [UInt8])? {
    guard input.count >= headSize else { return nil }
    var unpacker = Unpacker(input[1..<headSize])
    let end = headSize + unpacker.number()
    guard input.count >= end else { return nil }
    let message = (input[0] == 1, Array(input[headSize..<end]))
    input.removeFirst(end)
    return message
  }
}
