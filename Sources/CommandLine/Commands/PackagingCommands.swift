extension Command {
  static let completions = Command(
    "completions", "Prints what completes command lines in a shell.",
    operands: Operands(
      Shell.allCases.map(\.rawValue).joined(separator: "|"), 1...1,
      .words(Shell.allCases.map(\.rawValue))),
    examples: [
      "completions bash > settlesim.bash", "completions zsh > ~/.zfunc/_settlesim",
      "completions fish > ~/.config/fish/completions/settlesim.fish",
    ],
    details:
      """
      bash reads it where it is sourced, and from
      ~/.local/share/bash-completion/completions/settlesim; zsh from a directory of
      fpath, by the name _settlesim. For one session: source <(settlesim completions
      bash), the same with zsh after compinit, or settlesim completions fish | source.
      `make install` and the Debian package bring all three.
      """,
    run: { context throws(Failure) in try context.completions() })

  static let manual = Command(
    "manual", "Prints the manual page, for man.",
    examples: ["manual > settlesim.1"],
    details: "To read it at once: settlesim manual | man -l -",
    run: { context throws(Failure) in
      try context.console.write(ManualPage.text)
      return .passed
    })
}

extension Context {
  func completions() throws(Failure) -> ExitCode {
    let shells = Shell.allCases.map(\.rawValue)
    guard let shell = Shell(rawValue: operands[0]) else {
      throw options.usage(
        "expected one of \(shells.joined(separator: ", ")), found \(quoted(operands[0]))"
          + hint(operands[0], shells))
    }
    try console.write(shell.completions)
    return .passed
  }
}
