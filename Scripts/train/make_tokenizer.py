"""Builds the CLIP byte-pair tokenizers of the portrait world.

The files have the format of CLIP's own (vocab.json + merges.txt: 256 byte symbols, the same 256 with
the end-of-word mark, one entry per merge, then <|startoftext|> and <|endoftext|>), but the merges are
just those that turn each of the world's words into one token, so the vocabulary stays small.  Any
other text still encodes, letter by letter.

tokenizer pads with <|endoftext|>, tokenizer_2 with "!" (id 0), as in Stable Diffusion XL.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter

import world
from training import MODEL

PATTERN = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|[^\s\w]+|_+")
START, END = "<|startoftext|>", "<|endoftext|>"


def byte_symbols() -> list[str]:
    """CLIP's printable stand-ins for the 256 bytes, in vocabulary order."""
    shown = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    hidden = [b for b in range(256) if b not in shown]
    return [chr(b) for b in shown] + [chr(256 + i) for i in range(len(hidden))]


def learn_merges(counts: Counter[str]) -> list[tuple[str, str]]:
    """Byte-pair merges, most frequent pair first, until every word is a single token."""
    words = {word: tuple(word[:-1]) + (word[-1] + "</w>",) for word in counts}
    merges = []
    while True:
        pairs = Counter()
        for word, parts in words.items():
            for pair in zip(parts, parts[1:]):
                pairs[pair] += counts[word]
        if not pairs:
            return merges
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for word, parts in words.items():
            joined, i = [], 0
            while i < len(parts):
                if parts[i:i + 2] == best:
                    joined.append(best[0] + best[1])
                    i += 2
                else:
                    joined.append(parts[i])
                    i += 1
            words[word] = tuple(joined)


def world_words(captions: int = 20_000) -> Counter[str]:
    counts: Counter[str] = Counter()
    rng = random.Random(0)
    for seed in range(captions):
        text, _ = world.caption(world.sample(seed), rng)
        counts.update(PATTERN.findall(text.lower()))
    return counts


def write(folder: str, pad: str, vocab: dict[str, int], merges: list[tuple[str, str]]):
    os.makedirs(folder, exist_ok=True)

    def dump(name, value):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=None if name == "vocab.json" else 2)
            file.write("\n")

    dump("vocab.json", vocab)
    with open(f"{folder}/merges.txt", "w", encoding="utf-8") as file:
        file.write("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))

    def token(content):
        return {"content": content, "lstrip": False, "normalized": True, "rstrip": False, "single_word": False}

    dump("special_tokens_map.json", {"bos_token": token(START), "eos_token": token(END), "pad_token": pad, "unk_token": token(END)})
    dump("tokenizer_config.json", {
        "add_prefix_space": False, "bos_token": START, "clean_up_tokenization_spaces": True, "do_lower_case": True,
        "eos_token": END, "errors": "replace", "model_max_length": 77, "pad_token": pad,
        "tokenizer_class": "CLIPTokenizer", "unk_token": END,
    })


def build(model_folder: str) -> int:
    """Writes tokenizer/ and tokenizer_2/; returns the vocabulary's size."""
    merges = learn_merges(world_words())
    symbols = byte_symbols()
    entries = symbols + [s + "</w>" for s in symbols] + [a + b for a, b in merges] + [START, END]
    vocab = {entry: i for i, entry in enumerate(entries)}
    assert len(vocab) == len(entries) and vocab["!"] == 0
    write(f"{model_folder}/tokenizer", END, vocab, merges)
    write(f"{model_folder}/tokenizer_2", "!", vocab, merges)
    return len(vocab)


if __name__ == "__main__":
    import argparse
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default=MODEL)
    print("vocabulary:", build(parser.parse_args().out))
