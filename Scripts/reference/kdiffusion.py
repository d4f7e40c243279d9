"""k-diffusion's samplers, from its own file: the rest of the package wants much that they do not need."""

import importlib.util
import sys
import types
from pathlib import Path


def load():
    """The module `k_diffusion.sampling`; `pip install --no-deps k-diffusion` is enough."""
    origin = importlib.util.find_spec("k_diffusion").origin
    package = types.ModuleType("k_diffusion")
    package.__path__ = [str(Path(origin).parent)]
    utils = types.ModuleType("k_diffusion.utils")
    utils.append_dims = lambda x, dimensions: x[(...,) + (None,) * (dimensions - x.ndim)]
    package.utils = utils
    sys.modules |= {"k_diffusion": package, "k_diffusion.utils": utils}
    from k_diffusion import sampling

    return sampling
