"""What a ControlNet is led by: a module for each kind, all with the same functions.

    start(base) -> ControlNetModel                 the network before its first step
    examples(base, a) -> () -> (x, texts, hints)   endless batches: latents [N, 4, h, w], captions, uint8 pictures [N, H, W, 3]
    timesteps(even) -> timesteps                   from even ones in 0..<1000, those that matter more
    report(base, net, a) -> str                    a quick figure while it trains
    measure(base, net, a) -> str                   what it can do, on pictures that no training saw
"""

KINDS = ("edges", "tile")
