import Host
import Reporting

/// Standard output for results, standard error for all else.
struct Console {
  private let output: Surroundings.Stream
  private let error: Surroundings.Stream
  let isQuiet: Bool

  init(_ surroundings: Surroundings, isQuiet: Bool = false) {
    output = surroundings.output
    error = surroundings.error
    self.isQuiet = isQuiet
  }

  /// Writes a result. A reader that has gone is no news, and gets none.
  func write(_ text: String) throws(Failure) {
    do throws(OutputError) { try output.write(text) } catch { throw Failure(error) }
  }

  /// Tells something beside the result; nothing with `--quiet`.
  func note(_ line: String) {
    if !isQuiet { tell(line) }
  }

  /// Tells something that must be known. There is no place to tell that this fails.
  func tell(_ line: String) { try? error.write(line + "\n") }
}

extension Failure {
  /// An output that cannot be written.
  init(_ error: OutputError) {
    self.init(
      error.kind == .otherVersion ? .badInput : .cannotWrite,
      error.kind == .brokenPipe ? [] : ["settlesim: \(error)"])
  }
}
