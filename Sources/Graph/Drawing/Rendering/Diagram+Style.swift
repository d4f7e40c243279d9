extension Diagram {
  /// The colours by kind of value: a hue each, darker on white than on black.
  private static let colors: [(kinds: [String], light: String, dark: String)] = [
    (["scalar", "any"], "#64748b", "#94a3b8"),
    (["model"], "#7c3aed", "#b794f6"),
    (["text-encoder"], "#a16207", "#e0b84f"),
    (["vae"], "#c2313f", "#f28b94"),
    (["conditioning"], "#c2570c", "#f6a05a"),
    (["latent"], "#be2f83", "#f08bc4"),
    (["image"], "#1d6fd1", "#74b3f5"),
    (["mask"], "#0f8a5f", "#5fd0a4"),
    (["controlnet", "image-encoder", "upscaler", "detector"], "#0e7f8c", "#5cc8d4"),
  ]

  /// The style sheet of the drawing. Its rules reach nothing outside.
  static let styleSheet: String = {
    let light = colors.map { rule(for: $0.kinds, $0.light) }.joined(separator: " ")
    let dark = colors.map { rule(for: $0.kinds, $0.dark) }.joined(separator: " ")
    return """

      .easel-graph { --paper: #fff; --box: #fff; --ink: #1b2430; --soft: #5b6877; --rule: #a9b4c1; \
      --frame: #eef2f6; --pill: #f3f6f9; font-family: system-ui, -apple-system, "Segoe UI", sans-serif; \
      max-width: none; }
      \(light)
      @media (prefers-color-scheme: dark) { .easel-graph { --paper: #14181d; --box: #20262d; \
      --ink: #e6ebf0; --soft: #9aa7b4; --rule: #56626f; --frame: #1a1f25; --pill: #262d35; }
      \(dark) }
      .easel-graph .paper { fill: var(--paper); }
      .easel-graph text { fill: var(--ink); font-size: 11px; }
      .easel-graph .heading { font-size: 16px; font-weight: 600; }
      .easel-graph .name { font-size: 13px; font-weight: 600; }
      .easel-graph .kind, .easel-graph .port, .easel-graph .label { \
      font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
      .easel-graph .kind, .easel-graph .mark { fill: var(--soft); }
      .easel-graph .mark { font-size: 12px; font-weight: 600; }
      .easel-graph .end { text-anchor: end; }
      .easel-graph .frame rect { fill: var(--frame); stroke: var(--rule); stroke-dasharray: 1 3; \
      stroke-linecap: round; }
      .easel-graph .frame.odd rect { fill: var(--paper); }
      .easel-graph .frame-title { font-size: 12px; font-weight: 600; fill: var(--soft); }
      .easel-graph .box rect { fill: var(--box); stroke: var(--rule); stroke-width: 1.2; }
      .easel-graph .input rect, .easel-graph .output rect { fill: var(--pill); }
      .easel-graph .output rect { stroke: var(--ink); }
      .easel-graph .conditional rect { stroke-dasharray: 5 4; }
      .easel-graph .edge .line { fill: none; stroke: var(--color); stroke-width: 1.6; stroke-linecap: round; }
      .easel-graph .edge .head { fill: var(--color); stroke: none; }
      .easel-graph .edge.conditional .line { stroke-dasharray: 6 4; stroke-linecap: butt; }
      .easel-graph .edge:hover .line { stroke-width: 3; }
      .easel-graph .label { fill: var(--color); }
      .easel-graph a:hover rect, .easel-graph a:focus rect { stroke-width: 2.4; }

      """
  }()

  private static func rule(for kinds: [String], _ color: String) -> String {
    kinds.map { ".easel-graph .\($0)" }.joined(separator: ", ") + " { --color: \(color); }"
  }
}
