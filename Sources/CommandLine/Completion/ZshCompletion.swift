/// Completion for zsh: a function to be autoloaded from a directory of `fpath`, or to be sourced.
enum ZshCompletion {
  static var script: String {
    let first = Command.allCases.filter { !$0.name.contains(" ") }
    let names = first.map { "      \(quoted("\(escaped($0.name)):\($0.summary)"))" }
    let grouped = Command.allCases.map(\.name).filter { $0.contains(" ") }
      .map { "'\($0)'" }.joined(separator: " | ")
    return """
      #compdef settlesim
      # Completion of settlesim for zsh, made by `settlesim completions zsh`.

      # The scenarios that settlesim finds by name, and files.
      _settlesim_scenarios() {
        local -a scenarios
        scenarios=(${${${(f)"$(${~program} list scenarios --format csv 2> /dev/null)"}[2,-1]}%%,*})
        _alternative "scenarios:scenario:($scenarios $*)" 'files:file:_files -g "*.(yaml|json)"'
      }

      # Words with commas between them.
      _settlesim_list() {
        compset -P '*,'
        compadd -S '' -- "$@"
      }

      # A word, an equals sign and a file.
      _settlesim_keyed() {
        if compset -P '*='; then _files; else compadd -S = -- "$@"; fi
      }

      _settlesim() {
        local curcontext=$curcontext program=$words[1] state state_descr line command
        local -A opt_args
        local -a commands
        _arguments -C '(- *)'{-h,--help}'[This text]' '(- *)--version[The version]' \\
          '1: :->command' '*:: :->rest' && return
        case $state in
          command)
            commands=(
      \(names.joined(separator: "\n"))
            )
            _describe -t commands command commands
            return ;;
          rest) command=$words[1] ;;
          *) return 1 ;;
        esac
        case "$words[1] $words[2]" in
          \(grouped))
            if (( CURRENT > 2 )); then
              command="$words[1] $words[2]"
              shift words
              (( CURRENT-- ))
            fi ;;
        esac
        case $command in
      \(Command.allCases.map(arguments).joined(separator: "\n"))
        esac
      }

      if [[ $funcstack[1] == _settlesim ]]; then
        _settlesim "$@"
      else
        compdef _settlesim settlesim
      fi

      """
  }

  /// The case of a command: its flags and operands.
  private static func arguments(_ command: Command) -> String {
    let flags = command.flags.map { flag in
      let star = flag.isRepeatable ? "*" : ""
      let brief = escaped(flag.brief, also: "[]")
      guard let placeholder = flag.placeholder else {
        return quoted("\(star)\(flag.spelling)[\(brief)]")
      }
      return quoted(
        "\(star)\(flag.spelling)=[\(brief)]:\(escaped(placeholder)):\(action(flag.candidates))")
    }
    let operands = command.places.map { place in
      let further = place.number == 1 ? command.group.map(\.word) : []
      return quoted(
        "\(place.isLast ? "*" : "\(place.number)"):\(escaped(command.operands.text)):"
          + action(place.candidates, and: further))
    }
    let lines = (flags + operands).map { "        \($0)" }
    return """
          '\(command.name)')
            _arguments -s -S \\
      \(lines.joined(separator: " \\\n")) ;;
      """
  }

  /// What completes candidates, for `_arguments`.
  private static func action(_ candidates: Candidates, and further: [String] = []) -> String {
    let words = (candidates.words + further).joined(separator: " ")
    return switch candidates {
    case .none: " "
    case .words, .commands: "(\(words))"
    case .list: " _settlesim_list \(words)"
    case .keyed: " _settlesim_keyed \(words)"
    case .scenarios: " _settlesim_scenarios \(words)"
    case .files: "_files"
    case .directories: "_files -/"
    }
  }

  /// With a backslash before signs that mean something to `_arguments`.
  private static func escaped(_ text: String, also signs: String = "") -> String {
    var result = ""
    for character in text {
      if ":\\".contains(character) || signs.contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.replacing("'", with: "'\\''"))'"
  }
}
