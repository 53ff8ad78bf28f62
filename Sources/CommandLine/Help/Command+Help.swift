extension Command {
  /// Command lines to copy, without the program's name.
  var examples: [String] {
    switch self {
    case .run:
      [
        "run smoke",
        "run Scenarios/standard-day.yaml --threads 2 --output day",
        "run smoke --seed 7 --set authorization.retries=0",
        "run smoke --format json --quiet > summary.json",
        "run my-day.yaml --export html=report.html --dry-run",
      ]
    case .validate:
      ["validate my-day.yaml", "validate Scenarios/*.yaml", "validate --resolved smoke"]
    case .compare:
      [
        "compare smoke --strategies one_wire_per_payment,merchant_day",
        "compare smoke --strategies scenario,fixed_window:window=15min --replications 50",
        "compare smoke --strategies scenario,one_wire_per_payment --until-width 1%",
        "compare day.yaml --strategies scenario,merchant_day:merchants.cut_off=20:00",
        "compare smoke --strategies scenario,merchant_day --metrics instructions --format csv",
      ]
    case .diff:
      [
        "diff last-week today", "diff Results/runs/smoke/latest baseline",
        "diff last-week latest --gate --tolerance 0.5% --ignore 'latency.*'",
        "diff last-week today --format markdown > comment.md",
      ]
    case .replay: ["replay day", "replay day --threads 1 --suspension continuation"]
    case .bench:
      [
        "bench", "bench smoke standard-day --only virtual",
        "bench --export junit=bench.xml --export markdown=bench.md",
        "bench smoke --update-baseline",
      ]
    case .sweep:
      [
        "sweep smoke --vary settlement.strategy=merchant_day,fixed_window --seeds 1..6",
        "sweep my-day.yaml --vary authorization.retries=0..4/1 --output retries",
        "sweep my-day.yaml --vary authorization.retries=0..4/1 --output retries --shard 3/8",
        "sweep smoke --vary cells.per_region=1,2 --seeds 10 --dry-run",
      ]
    case .sweepMerge:
      ["sweep merge retries", "sweep merge part-1 part-2 --output whole --format json"]
    case .schema: ["schema > schema.json"]
    case .new: ["new my-day", "new Scenarios/my-day.yaml", "new - > my-day.yaml"]
    case .list:
      ["list", "list strategies", "list strategies merchant_day", "list metrics --format csv"]
    case .version: ["version"]
    case .help: ["help run"]
    }
  }

  /// What examples and flags do not tell.
  var details: String {
    switch self {
    case .run:
      """
      SCENARIO is a file, or the name of one in the directory Scenarios. The summary goes to
      standard output, all else to standard error. The result is a directory with summary.json,
      report.html, CSV files, manifest.json (all the same in every run) and environment.json (time,
      machine, memory). Ctrl-C ends the run at its next window; the result then says that it is
      incomplete. A second Ctrl-C ends at once and leaves no result.
      """
    case .validate:
      """
      Problems are told on standard error, each on a line: file:line:column: key: what was expected.
      """
    case .compare:
      """
      Every strategy is simulated, replication by replication, on the same arrivals: replication r
      has the seed S + r, where S is that of --seed or of the scenario, and so `run --seed` with a
      strategy's settings shows any of the runs again. Differences are paired by seed. Of money the
      mean difference stands first, since budgets are sums; of all else the median; the other one
      stands beneath it, and both have an interval. A verdict (better, worse, differs) is given on
      cost, delay and liquidity alone. It needs a difference that chance explains in less than 1 of
      20 cases over these and all strategies together, and that is no smaller than the effect floor;
      all else is ~. All other metrics are descriptive. 6 replications can show something in one
      test, 10 in three dimensions of six strategies; a note before the runs says how many are
      enough where these may be too few. 20 are usual; --until-width adds what it takes. An entry
      that names the strategy of the scenario keeps the parameters it has there. Entries must
      report in one currency. Of a strategy of which a run does not come to rest no difference is
      claimed, and the command ends with 65. What an entry sets outranks --set. Each thread runs
      one simulation at a time, with memory of its own. The result is a directory with
      compare.html, comparison.json, comparison.csv (every figure of every run), verdicts.csv,
      manifest.json and environment.json. Ctrl-C leaves no result.
      """
    case .diff:
      """
      BEFORE and AFTER are directories of results, or files of baselines. `latest` is the latest run
      of the other's scenario without --output, `baseline` its baseline. First comes what was run
      that differs (scenario, settings, seed, files, arrivals, versions), then each figure that
      moved with its size, worst first, findings, money and times before counts. A figure is better
      or worse by its direction in `list metrics`, else by what its name says, or merely changed.
      One run against one is no proof that a difference is more than chance: `compare --results` is
      for paired seeds. --export takes junit, github, markdown, json and csv.
      """
    case .replay:
      """
      RESULT_DIR is the result of a run. Scenario, seed and overrides come from its manifest.json.
      Files that the scenario read are looked for beside the scenario that was run, in the working
      directory and in Scenarios, and taken only if their SHA-256 is that of the run.
      """
    case .bench:
      """
      Runs scenarios and compares digest, events and every figure of the summary with
      DIR/<scenario>.json, as `diff` does. Runs are deterministic, so whatever differs was changed
      by someone: it is named with its size and judged better, worse or changed. The command ends
      with 98 where something got worse, where the arrivals are not the baseline's, where a figure
      is gone, and where the digest moved and no figure says how; what only got better calls for
      --update-baseline. Without SCENARIO it takes the shipped ones of up to 100,000 payments.
      Speed is payments per second of CPU time on one thread as a ratio to the built-in tandem work
      in the same rounds, allocations and bytes per payment, and peak memory; its baseline is
      DIR/speed.json.
      --export takes junit, github, markdown, json and csv.
      """
    case .sweep:
      """
      Every combination of the values of all --vary is run with every seed. SPEC is one of
        a,b,c         these values, as in the file; commas in brackets or quotes do not separate
        1..10/2       from 1 on in steps of 2; durations and amounts too: 100ms..1s/100ms
        1..10x4       4 values, evenly spread; 'log 1..1000x4' evenly by ratio
        lhs 0.1..0.9  one value of each of N strata (--samples N): a Latin hypercube; all sampled
                      values are drawn jointly; 'lhs log 1..1000' and 'lhs a,b,c' too
      A range written without a point holds whole numbers. At most 100,000 points.

      Everything is checked before anything runs. Each point is a result of its own, as of `run`, in
      DIR/points/000001 and so on, on one thread; --threads says how many run at once, and each
      needs its own memory. The same command goes on after an interruption: points that are finished
      are kept. Any number of processes may work in one DIR, or each in its own. Without --output,
      DIR is Results/sweeps/<scenario>/<id>, where the id is the same for the same sweep.

      With a share (--shard, SETTLESIM_SHARD, a Slurm job array, or a Kubernetes Indexed Job with
      SETTLESIM_SHARDS) only its points are run, and `sweep merge` gives figures and verdict;
      thresholds are judged there. Without one the sweep is merged at once.
      """
    case .sweepMerge:
      """
      DIR is the --output of a sweep, or of a share of it. Every point must be there once, or more
      than once with the same bytes. Writes points.csv, points.json and summary.json to the first
      DIR or to --output: the same bytes however the points were shared out. Over several seeds a
      figure is the median, with the interval between two order statistics that holds it with a
      confidence of at least 95 %; below six seeds that is the whole range, and its confidence less.
      """
    case .new:
      """
      Writes NAME.yaml, or to standard output where NAME is `-`. A file that exists is kept.
      """
    case .list: "\(listed)"
    case .schema:
      """
      Editors use it for completion and checks: a scenario names it in its first line, as in
      # yaml-language-server: $schema=schema.json
      """
    case .version, .help: ""
    }
  }

  private var listed: String {
    let width = ListKind.allCases.map { $0.rawValue.count }.max() ?? 0
    let lines = ListKind.allCases.map { kind in
      "  " + kind.rawValue + String(repeating: " ", count: width - kind.rawValue.count + 2)
        + kind.summary
    }
    return
      (["Lists"] + lines + ["With the NAME of a strategy, prints the page about it."])
      .joined(separator: "\n")
  }

  /// The codes the command can end with.
  var exitCodes: [String] {
    let all: [(codes: [Command], text: String)] = [
      (Command.allCases, "0    all is well"),
      ([.run, .compare, .replay, .bench, .sweep], "1    a fault of settlesim itself"),
      (Command.allCases, "64   the command line cannot be understood"),
      ([.run, .validate, .compare, .replay], "65   a scenario, trace or manifest is refused"),
      ([.bench], "65   a scenario, trace or baseline is refused"),
      ([.diff], "65   a result or baseline is refused, or the two are in two currencies"),
      ([.sweep], "65   a point's scenario is refused, or DIR holds another sweep"),
      ([.sweepMerge], "65   points are missing, or are not those of one sweep"),
      ([.run, .validate, .compare, .diff, .replay, .bench, .sweep], "66   a file is missing"),
      ([.sweepMerge], "66   there is no sweep in a DIR"),
      (Command.allCases, "74   an output could not be written"),
      (
        [.run, .compare, .bench],
        "96   an invariant broke; the last line is the command that shows it again"
      ),
      ([.sweep, .sweepMerge], "96   an invariant broke in a point"),
      ([.replay], "97   the replay gave other bytes"),
      ([.sweep, .sweepMerge], "97   two results of one point differ"),
      ([.bench], "98   something is worse than the baseline says, or cannot be told to be as good"),
      ([.diff], "98   something got worse, and --gate was given"),
      ([.run], "99   a threshold of the scenario was missed"),
      ([.sweep, .sweepMerge], "99   a threshold was missed in a point"),
      ([.run, .compare, .replay, .bench, .sweep], "130  stopped by SIGINT; 143 by SIGTERM"),
    ]
    return all.filter { $0.codes.contains(self) }.map(\.text)
  }
}
