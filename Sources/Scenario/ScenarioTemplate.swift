/// The scenario that `settlesim new` writes: short, commented, and valid as it stands.
public enum ScenarioTemplate {
  /// The text of a scenario called `name`, which must be a valid scenario name; `schema` is the
  /// file beside it that editors check it by.
  public static func text(name: String, schema: String = "schema.json") -> String {
    """
    # yaml-language-server: $schema=\(schema)
    # Check it with `settlesim validate FILE`, run it with `settlesim run FILE`. Whatever is \
    left out
    # has a default; `settlesim validate --resolved FILE` shows every value and where it comes from.

    name: \(name)
    description: "Half a day of a small payment processor"
    seed: 1                      # another seed, other payments; the same seed, the same bytes

    time:
      date: "2026-03-02"         # a Monday; the run begins at 00:00 UTC
      duration: 12h              # payments arrive this long; the run ends when all is matched

    merchants:
      count: 500
      cut_off: "23:59"           # local time at which a merchant's business day ends

    workload:
      generated:
        payments: 20000          # exactly this many; or `rate: 5` for a mean of 5 a second
      capture:
        immediate_share: 0.95    # the rest is captured hours or days later
      client:
        duplicate_share: 3/1000  # requests sent twice with the same idempotency key

    authorization:
      workers: 64                # of each cell
      deadline: 2s               # an acquirer that answers later has an unknown outcome

    # A list given here replaces the default list.
    acquirers:
      - name: northbank
        preference: 1            # the lowest is tried first
        latency: {median: 110ms, p99: 260ms}
        approval_rate: 0.93
      - name: southpay
        preference: 2
        latency: {median: 130ms, p99: 300ms}
        unavailable_rate: 1/1000
        file_format: json

    settlement:
      strategy: merchant_day     # what batches the obligations
      priced: [one_wire_per_payment, fixed_window, merchant_day]   # what the summary compares

    costs:
      wire: "5.00 USD"

    # A run that misses one of these exits with code 99.
    thresholds:
      - payments.lost == 0
      - authorization_latency.p99 <= 2s

    """
  }
}
