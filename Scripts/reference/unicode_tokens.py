"""The ids that transformers' CLIPTokenizer with CLIP's whole vocabulary gives for ten thousand texts from every corner of
Unicode.

The texts are made by a generator that the tests have too; of the ids a hash is kept. `python unicode_tokens.py N` shows
a text and its ids.
"""

import json
import sys
from pathlib import Path

from transformers import CLIPTokenizer

COUNT = 10_240
MASK = (1 << 64) - 1

# First and last scalar: letters, marks, signs and numbers of all scripts, private and unassigned ones. Planes of which
# the versions of Unicode differ are drawn from as well; surrogates are no scalars.
RANGES = [
    (0x20, 0x7E), (0x61, 0x7A), (0x30, 0x39), (0x00, 0x1F), (0x7F, 0xA0), (0xA1, 0x24F), (0x250, 0x2FF),
    (0x300, 0x36F), (0x370, 0x52F), (0x530, 0x5FF), (0x600, 0x6FF), (0x700, 0x8FF), (0x900, 0xDFF), (0xE00, 0x10FF),
    (0x1100, 0x11FF), (0x1200, 0x1DFF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x218F), (0x2190, 0x2BFF),
    (0x2C00, 0x2FFF), (0x3000, 0x312F), (0x3130, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xABFF),
    (0xAC00, 0xD7A3), (0xD7B0, 0xD7FF), (0xE000, 0xF8FF), (0xF900, 0xFAFF), (0xFB00, 0xFFFF), (0x10000, 0x10FFF),
    (0x11000, 0x16FFF), (0x1D000, 0x1DFFF), (0x1E000, 0x1EFFF), (0x1F000, 0x1FAFF), (0x20000, 0x323AF),
    (0x40000, 0x4FFFF), (0xE0000, 0xE01EF), (0x100000, 0x10FFFF),
]

WORDS = [
    " ", " ", " ", " ", ", ", "  ", "\t", "\r\n", "\n", "\u00a0", "\u0085", "\u2028", "\u3000", "\ufeff", "\u200b",
    "a photo of", "portrait", "Masterpiece", "8k", "trending on artstation", "don't", "it's", "WE'LL", "they've",
    "I'm", "'re", "'D", "''", "\u2019s", "'s't", "<|startoftext|>", "<|endoftext|>", "<|ENDOFTEXT|>", "<|", "|>",
    "1234", "3.14", "\u00bd", "\u2167", "\u0663", "\u4e09", "cafe\u0301", "caf\u00e9", "A\u030a", "\u212b", "\u1e9b\u0323",
    "q\u0323\u0307", "q\u0307\u0323", "\u0130", "\u03a3\u03a3", "\u03a3", "\u1e9e", "\ufb01", "\u01c5", "\u1112\u1161\u11ab",
    "\ud55c", "\u0e01\u0e33", "\u0915\u094d\u0937\u093f", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd", "\u0645\u064e\u0631\u062d\u0628\u0627",
    "\u202e", "\u200f", "\u2066", "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f44d\U0001f3fd", "\U0001f1ef\U0001f1f5", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u2764\ufe0f", "\u2764\ufe0f\u200d\U0001f525", "1\ufe0f\u20e3", "\U0001f3f3\ufe0f\u200d\U0001f308", "\u200d", "\ufe0f",
    "(word:1.3)", "((x))", "[y]", "{a|b}", "__name__", "!!!", "?!", "...", "\u2026", "\u2014", "_", "#", "@", "\\",
]


def write(fixtures, vocabulary):
    tokenizer = published(vocabulary)
    hashes = "".join(f"{hashed(ids(tokenizer, text(index))):08x}" for index in range(COUNT))
    content = {"ranges": RANGES, "words": WORDS, "hashes": hashes}
    (fixtures / "unicode-tokens.json").write_text(json.dumps(content) + "\n")


def text(index):
    """Text number `index`: up to 24 pieces, a third of them words, the others scalars of the ranges."""
    numbers = split_mix(index)
    return "".join(piece(numbers) for _ in range(1 + next(numbers) % 24))


def piece(numbers):
    if next(numbers) % 3 == 0:
        return WORDS[next(numbers) % len(WORDS)]
    first, last = RANGES[next(numbers) % len(RANGES)]
    return chr(first + next(numbers) % (last - first + 1))


def split_mix(state):
    """SplitMix64 (Steele, Lea and Flood, 2014)."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def hashed(numbers):
    """FNV-1a of 32 bits over the numbers as pairs of bytes, the low one first."""
    value = 0x811C9DC5
    for number in numbers:
        for byte in (number & 0xFF, number >> 8):
            value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def ids(tokenizer, text):
    """Without the start, the end and a limit."""
    return tokenizer(text, add_special_tokens=False).input_ids


def published(merges):
    """The tokenizer of every published Stable Diffusion, from the merges alone."""
    pairs = [tuple(line.split()) for line in Path(merges).read_text().splitlines() if not line.startswith("#version")]
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    letters = [chr(byte) for byte in shown] + [chr(256 + index) for index in range(len(hidden))]
    entries = letters + [letter + "</w>" for letter in letters] + [a + b for a, b in pairs]
    entries += ["<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={entry: id for id, entry in enumerate(entries)}, merges=pairs, model_max_length=1 << 20)


if __name__ == "__main__":
    vocabulary = Path(__file__).resolve().parents[2] / "Sources" / "CLIPVocabulary" / "vocabulary" / "merges.txt"
    tokenizer = published(vocabulary)
    for index in map(int, sys.argv[1:]):
        print(index, ascii(text(index)), ids(tokenizer, text(index)))
