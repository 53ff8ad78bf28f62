/// Completion for fish.
enum FishCompletion {
  static var script: String {
    """
    # Completion of settlesim for fish, made by `settlesim completions fish`.

    # The command that has been typed, on a line, and which operand is next, on another.
    function __settlesim_place
        set -l words (commandline -opc)
        set -e words[1]
        set -l command $words[1]
        set -e words[1]
        switch "$command $words[1]"
            case \(grouped)
                set command "$command $words[1]"
                set -e words[1]
        end
        set -l valued
        switch "$command"
    \(valued)
        end
        set -l place 1
        set -l skip 0
        for word in $words
            if test $skip = 1
                set skip 0
            else if contains -- $word $valued
                set skip 1
            else if not string match -q -- '-?*' $word
                set place (math $place + 1)
            end
        end
        echo "$command"
        echo $place
    end

    # Whether the command typed is $argv[1], and the next operand its $argv[2]nd, or a later one
    # where $argv[3] is +.
    function __settlesim_at
        set -l typed (__settlesim_place)
        test "$typed[1]" = "$argv[1]"; or return 1
        test -z "$argv[2]"; and return 0
        test "$typed[2]" = "$argv[2]"; and return 0
        test "$argv[3]" = +; and test "$typed[2]" -gt "$argv[2]"
    end

    # The scenarios that settlesim finds by name.
    function __settlesim_scenarios
        set -l words (commandline -opc)
        $words[1] list scenarios --format csv 2>/dev/null | tail -n +2 | string replace -r ',.*' ''
    end

    # Words with commas between them.
    function __settlesim_list
        set -l before (string match -r '^(?:--[^=]*=)?(.*,)?' -- (commandline -ct))[2]
        for word in $argv
            echo "$before$word"
        end
    end

    # A word, an equals sign and a file.
    function __settlesim_keyed
        set -l value (string replace -r '^--[^=]*=' '' -- (commandline -ct))
        if string match -q '*=*' -- $value
            set -l parts (string split -m 1 = -- $value)
            for path in (__fish_complete_path $parts[2])
                echo "$parts[1]=$path"
            end
        else
            for word in $argv
                echo "$word="
            end
        end
    end

    complete -c settlesim -f
    complete -c settlesim -n '__settlesim_at ""' -s h -l help -d 'This text'
    complete -c settlesim -n '__settlesim_at ""' -l version -d 'The version'
    \(Command.allCases.flatMap(lines).joined(separator: "\n"))

    """
  }

  private static var grouped: String {
    Command.allCases.map(\.name).filter { $0.contains(" ") }.map { "'\($0)'" }
      .joined(separator: " ")
  }

  private static var valued: String {
    Command.allCases.map { command in
      let flags = command.flags.filter(\.takesValue).map(\.spelling).joined(separator: " ")
      return "        case '\(command.name)'\n            set valued \(flags)"
    }.joined(separator: "\n")
  }

  /// A command, its flags and its operands.
  private static func lines(_ command: Command) -> [String] {
    var lines: [String] = []
    if command.name.contains(" ") == false {
      lines.append(
        "complete -c settlesim -n '__settlesim_at \"\"' -a \(command.name) "
          + "-d \(quoted(command.summary))")
    }
    let at = "complete -c settlesim -n '__settlesim_at \"\(command.name)\""
    for (word, member) in command.group {
      lines.append("\(at) 1' -a \(word) -d \(quoted(member.summary))")
    }
    for flag in command.flags {
      let value = flag.takesValue ? " -x\(argument(flag.candidates))" : ""
      lines.append("\(at)' -l \(flag.name)\(value) -d \(quoted(flag.brief))")
    }
    for place in command.places {
      let argument = argument(place.candidates)
      guard !argument.isEmpty else { continue }
      lines.append("\(at) \(place.number)\(place.isLast ? " +" : "")'\(argument)")
    }
    return lines
  }

  /// What completes candidates.
  private static func argument(_ candidates: Candidates) -> String {
    let words = candidates.words.joined(separator: " ")
    return switch candidates {
    case .none: ""
    case .words, .commands: " -a '\(words)'"
    case .list: " -a '(__settlesim_list \(words))'"
    case .keyed: " -a '(__settlesim_keyed \(words))'"
    case .scenarios: " -a '(__settlesim_scenarios)' -F"
    case .files: " -F"
    case .directories: " -a '(__fish_complete_directories)'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }
}
