import Host

/// The one style sheet of the report. Its hash stands in the page's security policy, which allows
/// nothing else: no scripts, no fonts, no images, no style attributes.
enum HTMLStyle {
  static let sheet = """

    :root { color-scheme: light dark;
      --paper: #ffffff; --panel: #f6f7f9; --line: #dfe3e8; --ink: #1b2330; --quiet: #5d6878;
      --one: #2b6cb0; --one-soft: #c9ddf2; --two: #b8630f; --three: #1b7f6b; --four: #8a46ad;
      --five: #c0322a; --six: #5d6878; --good: #197245; --good-soft: #dff3e7; --bad: #b3261e;
      --bad-soft: #fde4e1; }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #12161c; --panel: #1a2029; --line: #303a47; --ink: #e6eaf0; --quiet: #9aa6b5;
      --one: #6cabec; --one-soft: #23405e; --two: #eda55a; --three: #5fcdb4; --four: #cf9bee;
      --five: #ff8f83; --six: #9aa6b5; --good: #62cf95; --good-soft: #15372a; --bad: #ff8f83;
      --bad-soft: #47201d; } }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    a { color: var(--one); text-underline-offset: 2px; }
    a:focus-visible, summary:focus-visible { outline: 2px solid var(--one); outline-offset: 2px; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
    h1 { font-size: 28px; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 18px; margin: 0 0 4px; }
    p { margin: 0 0 12px; }
    .lead { color: var(--quiet); font-size: 16px; margin: 6px 0 0; overflow-wrap: anywhere; }
    .note { color: var(--quiet); font-size: 13.5px; margin: 0 0 12px; }
    .title { display: flex; gap: 14px; align-items: center; flex-wrap: wrap; }
    .badge { border-radius: 999px; padding: 3px 14px; font-weight: 600; font-size: 14px; }
    .badge.good { background: var(--good-soft); color: var(--good); }
    .badge.bad { background: var(--bad-soft); color: var(--bad); }
    dl.facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 20px 0 14px; }
    dl.facts dt { color: var(--quiet); font-size: 12.5px; }
    dl.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
    code, pre { font: 13.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
      monospace; }
    pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; margin: 0;
      padding: 10px 14px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr));
      gap: 14px; margin: 24px 0 0; padding: 0; list-style: none; }
    .tiles li { background: var(--panel); border: 1px solid var(--line); border-radius: 10px;
      padding: 12px 16px; overflow-wrap: anywhere; }
    .tiles strong { display: block; font-size: 20px; line-height: 1.25; font-weight: 650;
      font-variant-numeric: tabular-nums; }
    .tiles span { color: var(--quiet); font-size: 13px; }
    nav { margin: 24px 0 0; padding: 12px 0; border: solid var(--line); border-width: 1px 0; }
    nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 0;
      list-style: none; font-size: 13.5px; }
    nav a { text-decoration: none; overflow-wrap: anywhere; }
    nav a:hover { text-decoration: underline; }
    section { margin: 40px 0 0; min-width: 0; scroll-margin-top: 16px; }
    .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 40px;
      align-items: start; }
    figure { margin: 8px 0 14px; min-width: 0; }
    figure.panel { margin: 14px 0 10px; }
    figcaption { font-size: 13.5px; margin: 0 0 4px; overflow-wrap: anywhere; }
    figcaption strong { font-weight: 600; } figcaption span { color: var(--quiet); }
    figcaption .note { margin: 0; font-size: 13px; }
    .legend { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 2px 0 0; padding: 0;
      list-style: none; color: var(--quiet); font-size: 13px; }
    .legend li { display: flex; align-items: center; gap: 6px; min-width: 0;
      overflow-wrap: anywhere; }
    .key { flex: none; width: 14px; height: 3px; border-radius: 2px; background: currentColor; }
    .key.one, .key.soft, .key.two { height: 10px; } .key.one { background: var(--one); }
    .key.soft { background: var(--one-soft); } .key.two { background: var(--two); }
    .key.stem { background: var(--one); height: 2px; }
    .key.dot { width: 10px; height: 10px; border-radius: 50%; background: var(--paper);
      border: 2px solid var(--one); }
    .key.k1 { background: var(--one); } .key.k2 { background: var(--two); }
    .key.k3 { background: var(--three); } .key.k4 { background: var(--four); }
    .key.k5 { background: var(--five); } .key.k6 { background: var(--six); }
    .bars ul:not(.legend) { margin: 0; padding: 0; list-style: none; }
    .bars ul:not(.legend) li { display: grid; grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 12px; padding: 3px 0 7px; font-size: 13.5px; }
    .bars li span { overflow-wrap: anywhere; }
    .bars b { font-weight: 500; color: var(--quiet); font-variant-numeric: tabular-nums;
      text-align: right; }
    .bars svg { grid-column: 1 / -1; }
    details { margin: 6px 0 14px; }
    summary { cursor: pointer; color: var(--one); font-size: 13.5px; width: fit-content; }
    details[open] summary { margin-bottom: 6px; }
    .scroll { overflow-x: auto; background:
      linear-gradient(to right, var(--paper) 30%, transparent) left / 40px 100%,
      linear-gradient(to left, var(--paper) 30%, transparent) right / 40px 100%,
      linear-gradient(to right, var(--line), transparent) left / 14px 100%,
      linear-gradient(to left, var(--line), transparent) right / 14px 100%;
      background-repeat: no-repeat; background-attachment: local, local, scroll, scroll; }
    table { border-collapse: collapse; width: 100%; font-size: 14px;
      font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    td:first-child { overflow-wrap: anywhere; min-width: 9em; }
    td + td:not(.figure) { min-width: 4.5em; }
    th { color: var(--quiet); font-weight: 500; font-size: 13px; white-space: nowrap; }
    th.figure, td.figure { text-align: right; padding: 5px 0 5px 16px; white-space: nowrap; }
    th.figure + th:not(.figure), td.figure + td:not(.figure) { padding-left: 20px; }
    td.good { color: var(--good); } td.bad { color: var(--bad); font-weight: 600; }
    td.strong { font-weight: 600; } td.muted { color: var(--quiet); }
    ul.notes { margin: 0; padding-left: 20px; overflow-wrap: anywhere; }
    .scroll + ul.notes { margin-top: 14px; }
    footer { margin-top: 48px; color: var(--quiet); font-size: 13px; }
    svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", sans-serif;
      font-variant-numeric: tabular-nums; }
    svg text.halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
      stroke-linejoin: round; }
    svg text.axis { fill: var(--quiet); font-size: 11.5px; }
    svg.fluid { height: auto; overflow: visible; padding: 0 12px 0 52px; }
    svg.fluid.rows { padding: 0 12px 0 0; } svg.bar { height: 12px; overflow: visible; }
    svg.plot { overflow: visible; } svg.plot path { vector-effect: non-scaling-stroke; }
    svg.narrow, ol.narrow { display: none; } svg.narrow { max-width: 420px; }
    ol.narrow { margin: 0; padding-left: 26px; font-size: 13.5px; overflow-wrap: anywhere; }
    svg .grid { stroke: var(--line); stroke-width: 1; }
    svg .base { stroke: var(--quiet); stroke-width: 1; }
    svg .fault { fill: var(--bad); opacity: 0.18; }
    svg .area { fill: var(--one-soft); opacity: 0.6; }
    svg .curve { fill: none; stroke: var(--one); stroke-width: 1.5; stroke-linejoin: round; }
    svg .k2 { stroke: var(--two); } svg .k3 { stroke: var(--three); }
    svg .k4 { stroke: var(--four); } svg .k5 { stroke: var(--five); }
    svg .k6 { stroke: var(--six); }
    svg .one { fill: var(--one); } svg .soft { fill: var(--one-soft); }
    svg .two { fill: var(--two); } svg .none { fill: none; } svg .track { fill: var(--panel); }
    svg .stem { stroke: var(--one); stroke-width: 1.6; }
    svg .dot { fill: var(--paper); stroke: var(--one); stroke-width: 2; }
    svg .mark { stroke: var(--five); stroke-width: 1.4; }
    svg .zero { stroke: var(--quiet); stroke-width: 1.4; stroke-dasharray: 4 3; }
    svg .good { fill: var(--good); stroke: var(--good); stroke-width: 1.6; }
    svg .bad { fill: var(--bad); stroke: var(--bad); stroke-width: 1.6; }
    svg .strong { fill: var(--one); stroke: var(--one); stroke-width: 1.6; }
    svg .quiet { fill: var(--quiet); stroke: var(--quiet); stroke-width: 1.6; }
    svg text.good, svg text.bad, svg text.strong, svg text.quiet { stroke: none; font-weight: 600; }
    svg text.good { fill: var(--good); } svg text.bad { fill: var(--bad); }
    svg text.strong { fill: var(--one); } svg text.quiet { fill: var(--quiet); }
    svg .bar { stroke-width: 3.4; stroke-linecap: round; }
    svg .ghost { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.6; }
    svg .faint { stroke: var(--quiet); stroke-width: 1; opacity: 0.7; }
    svg .front { fill: none; stroke: var(--one); stroke-width: 1.2; stroke-dasharray: 5 4; }
    @media (max-width: 899px) { .pair { grid-template-columns: minmax(0, 1fr); } }
    @media (max-width: 639px) { main { padding: 20px 16px 48px; } svg .w { display: none; }
      .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
      .tiles li { padding: 10px 12px; } .tiles strong { font-size: 17px; }
      svg.wide { display: none; } svg.narrow, ol.narrow { display: block; } }
    @media print { :root { --paper: #fff; --panel: #fff; --line: #bbb; --ink: #000; --quiet: #444;
        --one: #2b6cb0; --one-soft: #c9ddf2; --two: #b8630f; --three: #1b7f6b; --four: #8a46ad;
        --five: #c0322a; --six: #5d6878; --good: #105c36; --good-soft: #fff; --bad: #a0150e;
        --bad-soft: #fff; color-scheme: light; }
      nav { display: none; } details::details-content { content-visibility: visible; }
      main { max-width: none; padding: 0; } section { margin-top: 24px; }
      figure, tr, .tiles, h2 { break-inside: avoid; } h2 { break-after: avoid; }
      .badge { border: 1px solid; } }

    """

  /// The policy: only this style sheet, known by its hash.
  static var contentSecurityPolicy: String {
    var hash = SHA256()
    hash.update(Array(sheet.utf8))
    return "default-src 'none'; style-src 'sha256-\(base64(hash.finalized()))'; "
      + "base-uri 'none'; form-action 'none'"
  }
}
