"""Natural captions of portraits, and the attributes they name."""

from __future__ import annotations

import random

from .portrait import Portrait

EMPTY_CAPTIONS = 0.10

_EXPRESSION_WORDS = {"smiling": ("smiling", "smiling", "smiling", "happy"), "neutral": ("neutral", "neutral", "calm"),
                     "frowning": ("frowning", "frowning", "frowning", "sad"),
                     "surprised": ("surprised", "surprised", "surprised", "shocked")}
_BACKGROUND_PHRASES = {
    "night": ("night sky with stars", "a night sky with stars", "starry night", "night sky background", "at night with stars"),
    "sunset": ("sunset", "sunset background", "in front of a sunset", "at sunset"),
    "stripes": ("striped background", "stripes", "in front of stripes", "background with stripes"),
}


def _background_phrase(name: str, rng: random.Random) -> str:
    if name in _BACKGROUND_PHRASES:
        return rng.choice(_BACKGROUND_PHRASES[name])
    return rng.choice(("{} background", "{} background", "on a {} background", "in front of a {} wall")).format(name)


def _hair_phrase(p: Portrait, colour: bool, style: bool, rng: random.Random) -> str:
    tone = f"{p.hair_colour} " if colour else ""
    if not style:
        return f"{tone}hair"
    if p.hair_style == "bun":
        return rng.choice((f"{tone}hair in a bun", f"a {tone}bun", f"a {tone}hair bun"))
    return f"{p.hair_style} {tone}hair"


def _join(phrases: list[str], rng: random.Random) -> str:
    if len(phrases) < 2:
        return "".join(phrases)
    return ", ".join(phrases[:-1]) + rng.choice((" and ", " and ", ", ")) + phrases[-1]


class _Mentions:
    """Decides what a caption names, and keeps the list of it."""

    def __init__(self, rng: random.Random, keep: float):
        self.rng, self.keep, self.named = rng, keep, set()

    def __call__(self, *names: str, chance: float | None = None, at_least: float = 0) -> bool:
        if self.rng.random() < (max(self.keep, at_least) if chance is None else chance):
            self.named.update(names)
            return True
        return False


def _looks(p: Portrait, mention: _Mentions) -> tuple[list[str], list[str]]:
    """What the person is like: adjectives, and features that follow "with"."""
    adjectives, features = [], []
    if mention("expression", at_least=0.75):
        adjectives.append(mention.rng.choice(_EXPRESSION_WORDS[p.expression]))
    if p.hair_style == "bald":
        if mention("hair_style", "hair_colour", at_least=0.8):
            adjectives.append("bald")
    else:
        colour, style = mention("hair_colour", at_least=0.75), mention("hair_style")
        if colour or style:
            features.append(_hair_phrase(p, colour, style, mention.rng))
    if mention("skin", chance=mention.keep * 0.6):
        features.append(f"{p.skin} skin")
    return adjectives, features


def _clothes(p: Portrait, mention: _Mentions, features: list[str]) -> list[str]:
    """What the person wears; what is pointedly not worn is added to the features."""
    wearing = []
    if p.glasses != "none":
        if mention("glasses", at_least=0.8):
            (wearing if mention.rng.random() < 0.5 else features).append(p.glasses)
    elif mention("glasses", chance=0.06):
        features.append("no glasses")
    if p.headwear != "none":
        if mention("headwear", at_least=0.8):
            wearing.append(f"a {p.headwear}")
    elif mention("headwear", chance=0.05):
        features.append("no hat")
    if p.headphones == "yes":
        if mention("headphones", at_least=0.8):
            wearing.append("headphones")
    elif mention("headphones", chance=0.06):
        features.append("no headphones")
    if mention("shirt"):
        wearing.append(f"{'an' if p.shirt == 'orange' else 'a'} {p.shirt} shirt")
    return wearing


def _tags(phrases: list[str], place: str, rng: random.Random) -> str:
    """A bare list."""
    tags = [w.removeprefix("a ").removeprefix("an ") for w in phrases] + ([place] if place else [])
    rng.shuffle(tags)
    if rng.random() < 0.5:
        tags.insert(0, rng.choice(("portrait", "person", "a person", "a portrait")))
    return ", ".join(tags)


def _sentence(adjectives, features, wearing, place: str, rng: random.Random) -> str:
    subject = " ".join(adjectives + ["person"])
    article = "an" if subject[0] in "aeiou" else "a"
    text = rng.choice(("", "", "", "portrait of ", "a portrait of ", "illustration of ", "a picture of ")) + f"{article} {subject}"
    if features:
        text += " with " + _join(features, rng)
    if wearing:
        text += " wearing " + _join(wearing, rng)
    if place:
        text += (" " if place.startswith(("on ", "in ", "at ")) else ", ") + place
    return text


def caption(p: Portrait, rng: random.Random, empty: float = EMPTY_CAPTIONS, keep: float = 0.66) -> tuple[str, frozenset[str]]:
    """A caption that names a random subset of the attributes, and the set of those it names."""
    if rng.random() < empty:
        return "", frozenset()
    mention = _Mentions(rng, keep)
    adjectives, features = _looks(p, mention)
    wearing = _clothes(p, mention, features)
    place = _background_phrase(p.background, rng) if mention("background", at_least=0.75) else ""
    rng.shuffle(features)
    rng.shuffle(wearing)
    if rng.random() < 0.2:
        text = _tags(adjectives + features + wearing, place, rng)
    else:
        text = _sentence(adjectives, features, wearing, place, rng)
    return text, frozenset(mention.named)


# Words the world gives no meaning to. A text encoder that sees them now and then learns to ignore them.
_FILLERS = ("cute", "beautiful", "detailed", "high", "quality", "digital", "art", "vector", "flat", "cartoon", "style",
            "man", "woman", "girl", "boy", "young", "old", "photo", "studio", "looking", "at", "viewer", "face", "head",
            "human", "avatar", "icon", "simple", "minimal", "modern", "professional", "nice", "one", "very", "the", "is",
            "who", "his", "her", "of", "drawing", "image", "best", "masterpiece", "colorful", "clean", "design", "friendly")


def decorate(text: str, rng: random.Random) -> str:
    """The caption with a few meaningless words scattered in it."""
    words = text.split(" ")
    for _ in range(rng.randint(1, 4)):
        filler = rng.choice(_FILLERS)
        words.insert(rng.choice((0, len(words), rng.randint(0, len(words)))), filler + rng.choice(("", "", ",")))
    return " ".join(words)
