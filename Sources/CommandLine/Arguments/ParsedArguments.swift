/// A command line taken apart: which command, its operands, its flags with their values.
///
/// Values are texts here; `Options` gives them their meaning.
struct ParsedArguments: Equatable {
  var command: Command
  var operands: [String] = []
  /// The values of each flag in the order given; a switch has one empty value.
  var values: [Flag: [String]] = [:]

  /// Reads the arguments after the program's name.
  ///
  /// `--flag=value` and `--flag value` are the same; after `--` everything is an operand, and so is
  /// a lone `-`.
  init(_ arguments: [String]) throws(Failure) {
    guard let first = arguments.first else {
      throw .usage("expected a command, such as `run`")
    }
    switch first {
    case "--help", "-h":
      self = ParsedArguments(.help)
      return
    case "--version":
      self = ParsedArguments(.version)
      return
    case _ where first.hasPrefix("-") && first != "-":
      throw .usage("expected a command before \(quoted(first))")
    default: self.command = try Command.named(first)
    }
    var rest = arguments.dropFirst()
    // A command of two words, such as `sweep merge`.
    if let next = rest.first,
      let command = Command.allCases.first(where: { $0.name == "\(first) \(next)" })
    {
      self.command = command
      rest.removeFirst()
    }
    try read(rest)
    if values[.help] == nil { try checkOperands() }
  }

  private init(_ command: Command) { self.command = command }

  private mutating func read(_ arguments: ArraySlice<String>) throws(Failure) {
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        return
      }
      if argument == "-h" {
        values[.help] = [""]
      } else if argument.hasPrefix("-") && argument != "-" {
        try readFlag(argument, &rest)
      } else {
        operands.append(argument)
      }
    }
  }

  private mutating func readFlag(
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    let equals = argument.firstIndex(of: "=")
    let flag = try known(String(argument[..<(equals ?? argument.endIndex)]))
    var value = equals.map { String(argument[argument.index(after: $0)...]) }
    if let placeholder = flag.placeholder {
      if value == nil {
        guard let next = rest.popFirst() else {
          throw usage("\(flag.spelling) needs a value: \(flag.spelling) \(placeholder)")
        }
        if isFlag(next) {
          throw usage(
            "\(flag.spelling) needs a value, found the flag \(quoted(next)); "
              + "write \(flag.spelling)=\(next) if that is the value")
        }
        value = next
      }
    } else if let value {
      throw usage("\(flag.spelling) takes no value, found \(quoted(value))")
    }
    if values[flag] != nil && !flag.isRepeatable {
      throw usage("\(flag.spelling) is given twice")
    }
    values[flag, default: []].append(value ?? "")
  }

  /// The flag of the command spelled like this.
  private func known(_ spelling: String) throws(Failure) -> Flag {
    if let flag = command.flags.first(where: { $0.spelling == spelling }) { return flag }
    let owners = Command.allCases.filter { $0.flags.contains { $0.spelling == spelling } }
    guard owners.isEmpty else {
      let names = owners.map(\.name).joined(separator: ", ")
      throw usage("\(spelling) is no flag of `\(command.name)`, but of \(names)")
    }
    throw usage(
      "there is no flag \(quoted(spelling))\(hint(spelling, command.flags.map(\.spelling)))")
  }

  /// Whether `text` is a flag of the command, so that it was hardly meant as a value.
  private func isFlag(_ text: String) -> Bool {
    let spelling = text.prefix { $0 != "=" }
    return text == "--" || command.flags.contains { $0.spelling == spelling }
  }

  private func checkOperands() throws(Failure) {
    let count = command.operands.count
    if operands.count < count.lowerBound {
      throw usage("expected \(command.operands.text) after `\(command.name)`")
    }
    if operands.count > count.upperBound {
      throw usage("did not expect \(quoted(operands[count.upperBound]))")
    }
  }

  private func usage(_ message: String) -> Failure { .usage(message, help: command) }
}
