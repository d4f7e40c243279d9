"""Random cascades of every kind, and what OpenCV finds with them, and with its own cascades, in drawn pictures.

OpenCV 5 has no cascades any more: this needs opencv-python-headless 4.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

TRAINING = Path(__file__).resolve().parents[1] / "train"
OWN = Path("/usr/share/opencv4")  # where Debian's opencv-data lies
SETTINGS = [
    dict(),
    dict(scaleFactor=1.3, minNeighbors=1),
    dict(scaleFactor=1.05, minNeighbors=2, minSize=(30, 30)),
    dict(scaleFactor=1.3, minNeighbors=0, maxSize=(40, 40)),
    dict(scaleFactor=1.5, minNeighbors=1, minSize=(33, 33), maxSize=(34, 34)),
]


def write(folder):
    folder.mkdir(exist_ok=True)
    random = np.random.default_rng(12)
    cascades = {
        "haar": haar(random, (12, 10), depth=1, tilted=False),
        "tilted": haar(random, (12, 12), depth=1, tilted=True),
        "trees": haar(random, (14, 11), depth=3, tilted=True),
        "patterns": patterns(random, (12, 13), depth=1),
        "pattern-trees": patterns(random, (12, 12), depth=2),
        "older": older(random, (16, 10)),
    }
    for name, text in cascades.items():
        (folder / f"{name}.xml").write_text(text)
    pictures = {"even": blobs(random, 60, 70), "wide": blobs(random, 111, 58), "small": blobs(random, 9, 9)}
    portraits = people()
    for name, picture in (pictures | portraits).items():
        Image.fromarray(picture).save(folder / f"{name}.png")
    cases = [case(folder / f"{cascade}.xml", name, picture, settings)
             for cascade in cascades for name, picture in pictures.items() for settings in SETTINGS]
    own = [case(path, name, picture, settings) for path in sorted(OWN.glob("*cascades/*.xml"))
           for name, picture in portraits.items() for settings in (dict(scaleFactor=1.2, minNeighbors=0), SETTINGS[1])]
    text = json.dumps({"generated": cases, "installed": own}, separators=(",", ":"))
    (folder / "expected.json").write_text(text.replace('},{"c', '},\n{"c') + "\n")
    broken(folder, cascades["haar"])


def case(path, name, picture, settings):
    """What OpenCV finds; the order of its rectangles depends on its threads."""
    found = cv2.CascadeClassifier(str(path)).detectMultiScale(picture[..., ::-1].copy(), **settings)
    return {
        "cascade": path.name, "picture": name,
        "scale_factor": settings.get("scaleFactor", 1.1), "min_neighbors": settings.get("minNeighbors", 3),
        "min_size": settings.get("minSize", (0, 0))[0], "max_size": settings.get("maxSize", (None,))[0],
        "regions": sorted([int(side) for side in region] for region in found)}


def broken(folder, text):
    """Files that are no cascades that can be read."""
    storage = '<?xml version="1.0"?>\n<opencv_storage>\n{}</opencv_storage>\n'
    files = {
        "truncated": text[: len(text) // 2],
        "no-xml": "a cascade\n",
        "other": storage.format("<camera_matrix type_id=\"opencv-matrix\"><rows>3</rows></camera_matrix>\n"),
        "hog": text.replace("HAAR", "HOG"),
        "beyond": text.replace("<width>12", "<width>6"),
        "no-feature": text.replace("<features>", "<features_of_another>").replace("</features>", "</features_of_another>"),
        "no-number": text.replace("<stageThreshold>", "<stageThreshold>nan "),
    }
    for name, content in files.items():
        (folder / f"broken-{name}.xml").write_text(content)


# Pictures


def blobs(random, width, height):
    """Soft spots of colours, with some noise."""
    y, x = np.mgrid[:height, :width]
    picture = np.full((height, width, 3), 120.0)
    for _ in range(width * height // 60):
        spot = np.exp(-((x - random.uniform(0, width)) ** 2 + (y - random.uniform(0, height)) ** 2)
                      / (2 * random.uniform(1.5, 7) ** 2))
        picture += spot[..., None] * random.uniform(-110, 110, 3)
    picture += random.normal(0, 4, picture.shape)
    return picture.clip(0, 255).round().astype(np.uint8)


def people():
    """Portraits of the world that the embedded model was trained on."""
    sys.path.insert(0, str(TRAINING))
    import world

    return {f"person-{seed}": portrait(world, seed) for seed in (3, 4)}


def portrait(world, seed):
    picture = world.render(world.sample(seed)).image
    return np.asarray(picture.resize((192, 192), Image.BICUBIC))


# Cascades


def haar(random, size, depth, tilted):
    features = [feature(random, size, tilted and index % 2) for index in range(60)]
    return document(random, "HAAR", size, depth, 0, features, lambda: f"{random.normal(0, 0.02):.17e}")


def patterns(random, size, depth):
    features = []
    for _ in range(40):
        width, height = random.integers(1, size[0] // 3 + 1), random.integers(1, size[1] // 3 + 1)
        x, y = random.integers(0, size[0] - 3 * width + 1), random.integers(0, size[1] - 3 * height + 1)
        features.append(f"<_><rect>{x} {y} {width} {height}</rect></_>")

    def subset():
        return " ".join(str(random.integers(-2**31, 2**31)) for _ in range(8))

    return document(random, "LBP", size, depth, 256, features, subset)


def rectangles(random, size, tilted):
    """Two or three rectangles around each other whose weighted areas are in balance."""
    width, height = (2 * random.integers(1, side // (4 if tilted else 2) + 1) for side in size)
    if tilted:
        width, height = min(width, size[1] - 2, size[0] - 2), 2
        width = min(width, size[1] - height)
    x = random.integers(height if tilted else 0, size[0] - width + 1)
    y = random.integers(0, size[1] - (width + height if tilted else height) + 1)
    parts = [(x, y, width, height, -1)]
    if tilted or random.random() < 0.4:
        return parts + [(x, y, width // 2, height, 2)] if tilted else parts + [(x, y + height // 2, width, height // 2, 2)]
    return parts + [(x, y, width // 2, height // 2, 2), (x + width // 2, y + height // 2, width // 2, height // 2, 2)]


def feature(random, size, tilted):
    rows = "".join(f"<_>{' '.join(map(str, part[:4]))} {part[4]}.</_>" for part in rectangles(random, size, tilted))
    return f"<_><rects>{rows}</rects>{'<tilted>1</tilted>' if tilted else ''}</_>"


def document(random, kind, size, depth, categories, features, test):
    stages = "".join(stage(random, len(features), depth, test, trees) for trees in (2, 3, 4, 5))
    return f"""<?xml version="1.0"?>
<!-- Random: it finds nothing in particular. -->
<opencv_storage>
<cascade type_id="opencv-cascade-classifier"><stageType>BOOST</stageType><featureType>{kind}</featureType>
<height>{size[1]}</height><width>{size[0]}</width>
<stageParams><maxDepth>{depth}</maxDepth></stageParams>
<featureParams><maxCatCount>{categories}</maxCatCount></featureParams>
<stages>
{stages}</stages>
<features>
{chr(10).join(features)}
</features></cascade>
</opencv_storage>
"""


def stage(random, features, depth, test, trees):
    rows = ""
    for _ in range(trees):
        nodes = [f"{left} {right} {random.integers(features)} {test()}" for left, right in shape(random, depth)]
        leaves = " ".join(f"{value:.9e}" for value in random.permutation(np.linspace(-1, 1, depth + 1)) * random.uniform(0.5, 1))
        rows += f"<_><internalNodes>{' '.join(nodes)}</internalNodes>\n<leafValues>{leaves}</leafValues></_>\n"
    return f"<_><stageThreshold>{random.uniform(-0.8, -0.3):.9e}</stageThreshold><weakClassifiers>\n{rows}</weakClassifiers></_>\n"


def shape(random, depth):
    """The children of a chain of nodes, in which either side goes on."""
    if depth == 1:
        return [(0, -1)]
    chain, leaf = [], 0
    for index in range(depth):
        last = index == depth - 1
        children = [-leaf, -leaf - 1] if last else [index + 1, -leaf]
        leaf += 2 if last else 1
        chain.append(tuple(children if random.random() < 0.5 else children[::-1]))
    return chain


def older(random, size):
    stages = ""
    for number, trees in enumerate((2, 3, 4, 5)):
        rows = "".join(f"<_>{older_tree(random, size)}</_>\n" for _ in range(trees))
        stages += (f"<_><trees>{rows}</trees><stage_threshold>{random.uniform(-0.4, 0):.9e}</stage_threshold>"
                   f"<parent>{number - 1}</parent><next>-1</next></_>\n")
    return f"""<?xml version="1.0"?>
<opencv_storage>
<random type_id="opencv-haar-classifier"><size>{size[0]} {size[1]}</size><stages>
{stages}</stages></random>
</opencv_storage>
"""


def older_tree(random, size):
    """A node whose right side is another, or a stump."""
    def node(left, right, tilted):
        rows = "".join(f"<_>{' '.join(map(str, part[:4]))} {part[4]}.</_>" for part in rectangles(random, size, tilted))
        return (f"<_><feature><rects>{rows}</rects><tilted>{int(tilted)}</tilted></feature>"
                f"<threshold>{random.normal(0, 0.02):.9e}</threshold>{left}{right}</_>")

    def value(side):
        return f"<{side}_val>{random.uniform(-1, 1):.9e}</{side}_val>"

    if random.random() < 0.5:
        return node(value("left"), value("right"), random.random() < 0.5)
    return (node(value("left"), "<right_node>1</right_node>", random.random() < 0.5)
            + node(value("left"), value("right"), random.random() < 0.5))
