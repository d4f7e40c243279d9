"""The ids that transformers' CLIPTokenizer gives for a varied list of texts."""

import json
import random
import unicodedata

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTokenizer

TEXTS = [
    "",
    " ",
    "a smiling person, brown hair, flat illustration",
    "A Portrait of a MAN with Headphones on a Striped Background!",
    "wow!!! no! !why? !!",
    "don't we'll they've I'm it's he'd you're 'tis O'NEIL'S ''s 's 'S",
    "café naïve cafe\u0301 A\u030angstro\u0308m Ωμέγα ΟΔΟΣ straße İstanbul ǅ",
    "日本語のテキスト 中文，测试。 한국어 \u1112\u1161\u11ab مرحبا بالعالم שלום नमस्ते ไทย",
    "emoji 😀👩\u200d🚀🏳️\u200d🌈 👍🏽 flags🇯🇵 hearts❤️",
    "numbers 1234567890 3.14 1,000 ½ Ⅷ ² ٣ 12th",
    "punctuation (((a))) [b:1.2] {c|d} <e> -- … “quoted” ‘single’ #tag @user a_b a-b a/b\\c 50%",
    "tabs\tand\nnew\r\nlines\u000b\u000cand\u00a0no-break\u2003em\u3000ideographic\u200bzero\u0085next\u2028line\ufeffbom\u001cfs",
    "<|startoftext|> written <|endoftext|> in the text<|endoftext|>glued",
    "<|STARTOFTEXT|> Upper <|ENDOFTEXT|> broken <|endoftext| <|start",
    "x" * 200,
    "a very long prompt, " * 40,
    "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "control \u0001\u0007 characters \u007f and \ufffd replacement",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab abababababababab bananabanana",
    "math ∑ ∫ √2 ≤ ≥ ≠ ± × ÷ € £ ¥ © ® ™ ° µ",
]


def write(fixtures, model):
    train_vocabulary(fixtures / "vocabularies" / "trained")
    folders = {
        "default/tokenizer": model / "tokenizer",
        "default/tokenizer_2": model / "tokenizer_2",
        "trained": fixtures / "vocabularies" / "trained",
    }
    texts = TEXTS + random_texts(60)
    cases = [{"text": text, "ids": {}} for text in texts]
    for name, folder in folders.items():
        tokenizer = CLIPTokenizer.from_pretrained(folder)
        for case in cases:
            case["ids"][name] = tokenizer(
                case["text"], padding="max_length", max_length=77, truncation=True
            ).input_ids
    (fixtures / "tokens.json").write_text(json.dumps(cases, ensure_ascii=True) + "\n")


def random_texts(count):
    """Words of characters drawn from every corner of Unicode that transformers' tables know."""
    generator = random.Random(5)
    ranges = [(0x20, 0x7F), (0x20, 0x7F), (0x80, 0x250), (0x300, 0x530), (0x590, 0x1200), (0x1E00, 0x2C00),
              (0x3000, 0x3200), (0xA640, 0xAB00), (0xF900, 0xFFFE), (0x10000, 0x10900), (0x1F300, 0x1F700)]

    def character():
        while True:
            c = chr(generator.randrange(*generator.choice(ranges)))
            if unicodedata.category(c) not in ("Cn", "Cs", "Co"):
                return c

    return ["".join(character() for _ in range(generator.randrange(1, 24))) for _ in range(count)]


def train_vocabulary(folder):
    """A byte-pair vocabulary with many overlapping merges, trained on the texts themselves.

    The trainer breaks ties at random, so a vocabulary that is there is kept.
    """
    if folder.exists():
        return
    folder.mkdir(parents=True)
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token="<|endoftext|>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    letters = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=1400, initial_alphabet=sorted(letters), end_of_word_suffix="</w>", show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS * 3, trainer)
    merges = [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]]
    entries = sorted(letters) + [c + "</w>" for c in sorted(letters)] + [a + b for a, b in merges]
    entries = list(dict.fromkeys(entries + ["<|startoftext|>", "<|endoftext|>"]))
    (folder / "vocab.json").write_text(json.dumps({entry: i for i, entry in enumerate(entries)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"model_max_length": 77, "tokenizer_class": "CLIPTokenizer", "pad_token": "!"})
    )
