extension ReportPage {
  /// Light and dark colours, and black on white where it is printed.
  static let styleSheet = """

    :root { --paper: #fff; --ink: #1b2430; --soft: #5b6877; --rule: #d5dce3; --panel: #f6f8fa; \
    --link: #1d5fc4; --ran: #d9efdf; --ran-ink: #12632f; --loaded: #e6e0fa; --loaded-ink: #51309e; \
    --cached: #dceaf8; --cached-ink: #17518f; --failed: #fadfe0; --failed-ink: #9b1c28; \
    --not-needed: #eceff2; --not-needed-ink: #55616e; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e6ebf0; --soft: #9aa7b4; \
    --rule: #343d47; --panel: #1b2127; --link: #7db3f7; --ran: #1d3d2a; --ran-ink: #8fdcaa; \
    --loaded: #332a55; --loaded-ink: #c3b1f7; --cached: #1b3550; --cached-ink: #9cc9f5; \
    --failed: #4d2025; --failed-ink: #f7a5ab; --not-needed: #272e36; --not-needed-ink: #98a4b0; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 100rem; \
    background: var(--paper); color: var(--ink); \
    font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; }
    header p { margin: .2rem 0; } .made { color: var(--soft); }
    code { font: .9em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    a { color: var(--link); }
    .failure { background: var(--failed); color: var(--failed-ink); padding: .7rem 1rem; \
    border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .notes { color: var(--soft); }
    .totals { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.3rem 0 0; }
    .totals div { background: var(--panel); border: 1px solid var(--rule); border-radius: 8px; \
    padding: .6rem 1rem; min-width: 9rem; }
    .totals dt { color: var(--soft); font-size: .85rem; } .totals dd { margin: 0; font-size: 1.35rem; \
    font-weight: 600; font-variant-numeric: tabular-nums; }
    .badge { display: inline-block; padding: 0 .55em; border-radius: 1em; font-size: .85rem; \
    font-weight: 600; white-space: nowrap; }
    .badge.ran { background: var(--ran); color: var(--ran-ink); }
    .badge.loaded { background: var(--loaded); color: var(--loaded-ink); }
    .badge.cached { background: var(--cached); color: var(--cached-ink); }
    .badge.failed { background: var(--failed); color: var(--failed-ink); }
    .badge.not-needed { background: var(--not-needed); color: var(--not-needed-ink); }
    .drawing { overflow-x: auto; border: 1px solid var(--rule); border-radius: 8px; }
    .drawing svg { display: block; height: auto; max-width: 100%; min-width: calc(var(--width) * .72); }
    .easel-graph .box.ran > rect { fill: var(--ran); stroke: var(--ran-ink); }
    .easel-graph .box.loaded > rect { fill: var(--loaded); stroke: var(--loaded-ink); }
    .easel-graph .box.cached > rect { fill: var(--cached); stroke: var(--cached-ink); }
    .easel-graph .box.failed > rect { fill: var(--failed); stroke: var(--failed-ink); }
    .easel-graph .box.not-needed > rect { fill: var(--not-needed); }
    .chart { max-width: 100%; height: auto; } .chart text { fill: var(--ink); font-size: 12px; }
    .chart .name { text-anchor: end; } .chart .tick { fill: var(--soft); text-anchor: middle; }
    .chart line { stroke: var(--rule); } .chart .bar { fill: var(--ran-ink); }
    .chart .bar.loaded { fill: var(--loaded-ink); } .chart .bar.failed { fill: var(--failed-ink); }
    table { border-collapse: collapse; } th, td { text-align: left; padding: .3rem .9rem .3rem 0; \
    vertical-align: top; }
    td { overflow-wrap: anywhere; }
    .inputs th { font-weight: 600; white-space: nowrap; } .inputs tr, .nodes tbody { \
    border-top: 1px solid var(--rule); }
    .nodes table { width: 100%; } .nodes thead th { color: var(--soft); font-size: .85rem; }
    .nodes .facts th { white-space: nowrap; } .nodes tbody:target { background: var(--panel); }
    .number, .nodes thead .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .values td { padding: 0 0 .8rem 1.2rem; }
    .ports { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; margin: 0; font-size: .9rem; }
    .ports div { display: flex; gap: .4rem; max-width: 100%; } .ports dt { color: var(--soft); }
    .ports dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
    .pictures { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: .6rem; }
    figure { margin: 0; max-width: 256px; } figcaption { color: var(--soft); font-size: .85rem; \
    overflow-wrap: anywhere; }
    img { display: block; max-width: 100%; height: auto; border-radius: 6px; \
    box-shadow: 0 0 0 1px var(--rule); }
    .enlarged { image-rendering: pixelated; }
    @media print { body { max-width: none; padding: 0; font-size: 11px; } .drawing { overflow: visible; } \
    .drawing svg { min-width: 0; } tbody, figure { break-inside: avoid; } \
    * { print-color-adjust: exact; } }

    """
}
