/// The summary of `sampleResult` on screen.
let goldenSummary = """
  standard-day
  Five million payments of 10,000 merchants on a Friday
  seed 42  ·  digest 0123456789abcdef  ·  50,123,456 events  ·  1 d 06 h of virtual time
  set cells.count=8

  Steps of a payment   payments  of the first
    submitted         5,012,345       100.0 %  ████████████████████████████
    accepted          5,000,000        99.8 %  ███████████████████████████▉
    authorised        4,561,204        91.0 %  █████████████████████████▌
    captured          4,558,930        91.0 %  █████████████████████████▌
    settled           4,558,930        91.0 %  █████████████████████████▌
    matched           4,558,930        91.0 %  █████████████████████████▌

  ended      settled 4,558,930  ·  declined 401,222  ·  blocked by fraud score 37,574
             voided 2,274
  refused    rate limited 10,345  ·  invalid amount 2,000

  Latency          count        mean         p50         p95         p99       p99.9         max
    intake         1,000     4.50 ms     4.52 ms     6.75 ms     6.98 ms     7.00 ms     7.00 ms
    authorisation  1,000      220 ms      195 ms      392 ms      415 ms      419 ms      420 ms
    settlement     1,000  5 h 10 min  5 h 11 min  8 h 56 min  9 h 16 min  9 h 20 min  9 h 20 min

  Throughput                     value
    accepted, mean             57.87/s
    accepted, busiest minute  131.40/s

  Cost by strategy, wires and FX, USD      wires      wire cost     FX cost     total cost  savings
    one_wire_per_payment               4,558,930  22,794,650.00  412,000.00  23,206,650.00    0.0 %
    fixed_window                          61,200     306,000.00  405,500.00     711,500.00   96.9 %
    merchant_day ★                        18,950      80,537.50  405,500.00     486,037.50   97.9 %
    savings are against the first strategy, ★ is the strategy of this run

  Cost of the run as configured, USD        cost
    wires                              80,537.50
    currency exchange                 405,500.00
    infrastructure                      5,666.67

  Cost in all, USD        value
    cost of the run  491,704.17
    divided by         payments
    cost of each       0.107875

  Money      authorised        captured  refunded         settled          fees
    USD  123,456,789.01  123,400,000.00      0.00  119,700,000.00  3,700,000.00
    JPY     987,654,321     987,000,000         0     958,000,000    29,000,000

  Acquirers        calls   approved  declined  unavailable  late  breaker  failover
    northbank  4,702,100  4,300,021   399,100        2,351   940        0         0
    southpay     280,000    257,600         0            0     0        0         0

  Bus and ledger                                 value  finding
    largest lag of a partition of the bus          812  ✓ ok
    transfers posted, debits equal credits  22,794,650  ✓ ok
    windows checked, clearing zero at rest       1,810  ✓ ok

  Reconciliation      lines    matched  exceptions
    streaming     4,558,930  4,558,930           0
    daily totals     20,000     20,000           0

  Service levels          target   actual  result
    authorisation p95   < 300 ms   243 ms  ✓ ok
    intake p99         < 5.00 ms  6.98 ms  ✗ MISSED
    chargeback rate     <= 1.0 %        –  – no samples

  Thresholds                            expected  actual   margin  result
    authorization_latency.p99 <= 500ms    500 ms  403 ms  97.3 ms  ✓ ok
    payments.lost == 0                         0       0        0  ✓ ok

  Notes
    arrivals stopped after 24 h, the last statement was matched 6 h 10 min later

  took       9.25 s on 2 threads  ·  540,541 payments/s  ·  5.42 M events/s  ·  peak 420.0 MiB
  report     runs/standard-day/report.html
  ✓ PASSED  2 thresholds held · 1 level missed · 22,794,651 invariant checks

  """
