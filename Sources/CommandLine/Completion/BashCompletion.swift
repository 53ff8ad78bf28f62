/// Completion for bash, on its own: the package bash-completion loads it and is not needed.
enum BashCompletion {
  static var script: String {
    let names = Command.allCases.map(\.name)
    let first = names.filter { !$0.contains(" ") } + ["--help", "--version"]
    let grouped = names.filter { $0.contains(" ") }.map { "'\($0)'" }.joined(separator: " | ")
    return """
      # Completion of settlesim for bash, made by `settlesim completions bash`.

      # Offers what begins with $value: $1 is what can stand there, the rest are words.
      _settlesim_offer() {
        local kind=$1 done=
        shift
        case $kind in
          words) mapfile -t COMPREPLY < <(compgen -W "$*" -- "$value") ;;
          list)
            done=${value%"${value##*,}"}
            mapfile -t COMPREPLY < <(compgen -P "$done" -W "$*" -- "${value##*,}")
            compopt -o nospace 2> /dev/null ;;
          keyed)
            if [[ $value == *=* ]]; then
              done=${value%%=*}=
              value=${value#*=}
              _settlesim_offer files
              COMPREPLY=("${COMPREPLY[@]/#/$done}")
            else
              mapfile -t COMPREPLY < <(compgen -S = -W "$*" -- "$value")
              compopt -o nospace 2> /dev/null
            fi ;;
          scenarios)
            mapfile -t COMPREPLY < <(
              compgen -W "$* $("${COMP_WORDS[0]/#\\~/$HOME}" list scenarios --format csv \\
                2> /dev/null | tail -n +2 | cut -d, -f1)" -- "$value"
              compgen -f -X '!*.yaml' -- "$value"
              compgen -f -X '!*.json' -- "$value"
              compgen -d -- "$value")
            compopt -o filenames 2> /dev/null ;;
          files)
            mapfile -t COMPREPLY < <(compgen -f -- "$value")
            compopt -o filenames 2> /dev/null ;;
          directories)
            mapfile -t COMPREPLY < <(compgen -d -- "$value")
            compopt -o filenames 2> /dev/null ;;
        esac
      }

      _settlesim() {
        local words=() word value typed before='' flags='' valued='' command='' place=1 index
        COMPREPLY=()
        # Readline splits words at the signs = and : as well.
        for ((index = 1; index <= COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if ((${#words[@]} > 0)) && { [[ $word == [=:]* ]] ||
            [[ ${COMP_WORDS[index - 1]} == *[=:] ]]; }; then
            words[-1]+=$word
          else
            words+=("$word")
          fi
        done
        value=${words[-1]}
        if ((${#words[@]} == 1)); then
          _settlesim_offer words \(first.joined(separator: " "))
          return
        fi
        command=${words[0]}
        case "$command ${words[1]}" in
          \(grouped))
            if ((${#words[@]} > 2)); then
              command+=" ${words[1]}"
              words=("${words[@]:1}")
            fi ;;
        esac
        case $command in
      \(commandCases)
          *) return ;;
        esac
        for word in "${words[@]:1:${#words[@]}-2}"; do
          if [[ -n $before ]]; then
            before=
          elif [[ $valued == *" $word "* ]]; then
            before=$word
          elif [[ $word != -?* ]]; then
            ((place++))
          fi
        done
        if [[ -z $before && $value == --*=* ]]; then
          before=${value%%=*}
          [[ $valued == *" $before "* ]] || return
          value=${value#*=}
        elif [[ -z $before && $value == -* ]]; then
          _settlesim_offer words "$flags"
          return
        fi
        typed=$value
        if [[ -n $before ]]; then
          case "$command $before" in
      \(flagCases)
          esac
        else
          case $command:$place in
      \(operandCases)
          esac
        fi
        # Readline keeps what stands before the last of these signs.
        if [[ $COMP_WORDBREAKS == *=* ]]; then
          COMPREPLY=("${COMPREPLY[@]#"${typed%"${typed##*[=:]}"}"}")
        fi
      }

      complete -F _settlesim settlesim

      """
  }

  /// Flags of each command, and those of them that a value follows.
  private static var commandCases: String {
    Command.allCases.map { command in
      let flags = command.flags.map(\.spelling).joined(separator: " ")
      let valued = command.flags.filter(\.takesValue).map(\.spelling).joined(separator: " ")
      return """
            '\(command.name)')
              flags='\(flags)'
              valued=' \(valued) ' ;;
        """
    }.joined(separator: "\n")
  }

  /// What a flag offers: the same for every command, or by command where their flags differ.
  private static var flagCases: String {
    Flag.allCases.flatMap { flag in
      let offers = Command.allCases.compactMap { command in
        command.flags.first { $0 == flag }.flatMap { offer($0.candidates) }
          .map { (command: command.name, offer: $0) }
      }
      guard let first = offers.first else { return [String]() }
      guard offers.contains(where: { $0.offer != first.offer }) else {
        return ["      *' \(flag.spelling)') \(first.offer) ;;"]
      }
      return offers.map { "      '\($0.command) \(flag.spelling)') \($0.offer) ;;" }
    }.joined(separator: "\n")
  }

  private static var operandCases: String {
    Command.allCases.flatMap { command in
      command.places.compactMap { place in
        let further = place.number == 1 ? command.group.map(\.word) : []
        guard let offer = offer(place.candidates, and: further) else { return nil }
        return "      '\(command.name)':\(place.isLast ? "*" : "\(place.number)")) \(offer) ;;"
      }
    }.joined(separator: "\n")
  }

  /// The call that offers candidates; nil where there is nothing to offer.
  private static func offer(_ candidates: Candidates, and further: [String] = []) -> String? {
    let kind =
      switch candidates {
      case .none: ""
      case .words, .commands: "words"
      case .list: "list"
      case .keyed: "keyed"
      case .scenarios: "scenarios"
      case .files: "files"
      case .directories: "directories"
      }
    guard !kind.isEmpty else { return nil }
    return (["_settlesim_offer", kind] + candidates.words + further).joined(separator: " ")
  }
}
