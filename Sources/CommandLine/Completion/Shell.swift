/// The shells that complete command lines, each by a script made from the declarations of commands
/// and flags.
enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script.
  var completions: String {
    switch self {
    case .bash: BashCompletion.script
    case .zsh: ZshCompletion.script
    case .fish: FishCompletion.script
    }
  }
}

extension Flag {
  /// What it is, up to the first semicolon or full stop, on one line.
  var brief: String {
    let line = summary.split(separator: "\n").joined(separator: " ") + " "
    let ends = ["; ", ". "].compactMap { line.firstRange(of: $0)?.lowerBound }
    return String(line[..<(ends.min() ?? line.endIndex)])
  }

  /// Whether a value follows it.
  var takesValue: Bool { placeholder != nil }
}

extension Candidates {
  /// The words among which one is chosen; empty where these are not known beforehand.
  var words: [String] {
    switch self {
    case .words(let words), .list(let words), .keyed(let words): words
    case .commands: Command.words
    case .none, .scenarios, .files, .directories: []
    }
  }
}

extension Command {
  /// The words of all names, each once.
  static var words: [String] {
    allCases.flatMap { $0.name.split(separator: " ").map(String.init) }
      .reduce(into: []) { words, word in
        if !words.contains(word) { words.append(word) }
      }
  }

  /// What may stand in each place after the command; a second word of the command's own name, such
  /// as `merge` after `sweep`, stands apart.
  var places: [(number: Int, isLast: Bool, candidates: Candidates)] {
    operands.candidates.enumerated().map { index, candidates in
      let isRepeated =
        index == operands.candidates.count - 1 && operands.count.upperBound > index + 1
      return (index + 1, isRepeated, candidates)
    }
  }

  /// Commands that begin with the name of this one: their further words.
  var group: [(word: String, command: Command)] {
    Command.allCases.compactMap { command in
      guard command.name.hasPrefix(name + " ") else { return nil }
      return (String(command.name.dropFirst(name.count + 1)), command)
    }
  }
}
