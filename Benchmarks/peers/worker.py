#!/usr/bin/env python3
"""One peer's side of compare.py, with the protocol of `easel bench --server`: a unit's name on each line of standard
input, answered by a line of JSON when the unit was run once. Between them it sleeps.

    worker.py torch|openvino THREADS
"""

import json
import os
import sys
import time
import warnings


def main():
    peer, threads = sys.argv[1], int(sys.argv[2])
    # What libraries print must not come between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")

    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    if peer == "openvino":
        import openvino_units

        prepare = lambda name: openvino_units.prepare(name, threads)
    else:
        import torch_units

        prepare = torch_units.prepare
    prepared = {}
    with torch.inference_mode():
        for line in sys.stdin:
            name = line.strip()
            if name not in prepared:
                prepared[name] = prepare(name)
            start = time.perf_counter()
            prepared[name]()
            seconds = time.perf_counter() - start
            print(json.dumps(dict(unit=name, seconds=seconds)), file=answers, flush=True)


main()
