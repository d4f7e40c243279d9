"""What ComfyUI and AUTOMATIC1111 make of prompts: the weights of words, the chunks of tokens, the states of the tiny
models' text encoders. Both are written here anew from their published algorithms (`comfy/sd1_clip.py`,
`modules/prompt_parser.py`, `modules/sd_hijack_clip.py`, `modules/sd_emphasis.py`), over transformers' encoders.
"""

import json
import re
import shutil

import torch
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from recording import noise

ROOM = 75
# Prompts that both programs understand.
SHARED = [
    "a red cat", "(red) hat", "((red)) hat", "(((red)))", "a (red:1.3) cat", "(a (red) hat:1.3)", "((red:1.3))",
    "((red:1.2) cat:0.5)", "(a (red:1.2) (hat) moon)", "a \\(red\\) (cat\\):1.5)", "(cat: 1.2 )", "(cat:.5)(hat:0)",
    "(a:b:1.2)", "(cat:hat)", "a: cat", "(red cat:-1)", "((lol (cat:3) red:10)) hat", "((lol (cat:3) red):10) hat",
    "c(a)t", "a (red:1) cat", "(\u00e9t\u00e9:1.1) \u732b", "()", "(:1.2)x", "a\n(b)\tc", "",
]
# Prompts that only AUTOMATIC1111 understands.
A1111_ONLY = [
    "[red] hat", "[[red]] hat", "([red])", "[(red:1.3)]", "a (red", "a [red", "a red) cat] (hat", "((a) b", "\\[a\\] \\\\ b \\o/",
    "a BREAK b", "(a:1.2)BREAK(b:1.2)", "BREAK", "a BREAK", "BREAK a", "aBREAK BREAKb BREAK_ c", "a,BREAK\nb", "(a))b)",
]
LONG = "a red cat on the moon, " * 5
WORDS = " ".join(["cat"] * 72)
ENCODED = [
    "a red cat", "a (red:1.4) cat, (moon:0.6)", "((hat)) on (the moon:-0.5)", LONG, f"(a hat:1.3) {LONG} (the moon:0.7)",
    f"{WORDS} (red hat:1.2)", f"{WORDS}, (red hat:1.2)", "a red (embedding:thing:1.3), moon", f"{WORDS} embedding:thing cat",
    "a cat BREAK (hat:1.2)", "",
]
SECOND = "the (moon:1.5), " + LONG


def write(fixtures):
    folder = fixtures / "prompts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    parsed = [
        {"text": text, "comfy": comfy_weights(text) if text in SHARED else None, "a1111": a1111_weights(text)}
        for text in SHARED + A1111_ONLY
    ]
    things = {"clip_l": noise((2, 16), 21), "clip_g": noise((2, 24), 22)}
    save_file({"emb_params": things["clip_l"]}, folder / "thing.safetensors")
    save_file(things, folder / "thing-xl.safetensors")
    save_file({"<thing>": things["clip_l"][0].half()}, folder / "one.safetensors")
    tensors, cases = {}, []
    for model in ("sd1", "sdxl"):
        encoders = [Encoder(fixtures / "models" / model, "", CLIPTextModel, things["clip_l"], model == "sdxl")]
        if model == "sdxl":
            kind = CLIPTextModelWithProjection
            encoders.append(Encoder(fixtures / "models" / model, "_2", kind, things["clip_g"], True))
        for program in (Comfy, A1111):
            for text, second in [(text, None) for text in ENCODED] + [("a (red) cat", SECOND)][:len(encoders) - 1]:
                for skip in (None, 1, 2) if text == ENCODED[1] else (None,):
                    case = {"model": model, "weighting": program.name, "text": text, "second": second, "skip": skip}
                    key = str(len(cases))
                    context, pooled, case["chunks"] = encode(program, encoders, text, second or text, skip)
                    if case in cases:
                        continue
                    cases.append(case)
                    # Of every third token, to keep the file small.
                    tensors[f"{key}.context"] = context[:, ::3].contiguous()
                    if model == "sdxl":
                        tensors[f"{key}.pooled"] = pooled
    save_file(tensors, folder / "states.safetensors")
    content = {"weights": parsed, "encodings": cases}
    (folder / "prompts.json").write_text(json.dumps(content) + "\n")


# The grammars: lists of a text with its weight.


def comfy_weights(text):
    """Brackets from the outside in: 1.1 times what is outside, or the number that stands behind the last colon."""
    text = text.replace("\\(", "\x01").replace("\\)", "\x02")

    def walk(text, weight):
        depth, start = 0, 0
        for index, letter in enumerate(text):
            if letter == "(":
                if depth == 0 and index > start:
                    yield text[start:index], weight
                if depth == 0:
                    start = index
                depth += 1
            elif letter == ")":
                depth -= 1
                if depth == 0:
                    yield from group(text[start + 1:index], weight)
                    start = index + 1
        if start < len(text):
            yield text[start:], weight

    def group(text, weight):
        head, colon, tail = text.rpartition(":")
        try:
            inner, weight = (head, float(tail)) if colon and head else (text, weight * 1.1)
        except ValueError:
            inner, weight = text, weight * 1.1
        return walk(inner, weight)

    return [[run.replace("\x01", "(").replace("\x02", ")"), weight] for run, weight in walk(text, 1.0)]


A1111_PIECE = re.compile(r"\\[()\[\]\\]|\\|[(\[\])]|:\s*([+-]?[.\d]+)\s*\)|[^\\()\[\]:]+|:")


def a1111_weights(text):
    """Brackets as they close: the weights of all since their beginning are multiplied. None stands for a BREAK."""
    runs, starts = [], {"(": [], "[": []}

    def close(kind, factor):
        start = starts[kind].pop()
        runs[start:] = [[run, weight * factor] for run, weight in runs[start:]]

    for match in A1111_PIECE.finditer(text):
        piece, number = match.group(), match.group(1)
        if piece[0] == "\\":
            runs.append([piece[1:], 1.0])
        elif piece in starts:
            starts[piece].append(len(runs))
        elif number and starts["("]:
            close("(", float(number))
        elif piece == ")" and starts["("]:
            close("(", 1.1)
        elif piece == "]" and starts["["]:
            close("[", 1 / 1.1)
        else:
            for index, part in enumerate(re.split(r"\s*\bBREAK\b\s*", piece)):
                runs += [[None, 1.0]] * (index > 0) + [[part, 1.0]]
    while starts["("]:
        close("(", 1.1)
    while starts["["]:
        close("[", 1 / 1.1)
    merged = []
    for run, weight in runs:
        if run is None:
            merged.append([None, 1.0])
        elif merged and merged[-1][0] is not None and merged[-1][1] == weight:
            merged[-1][0] += run
        elif run:
            merged.append([run, weight])
    return merged


# The programs: chunks of (token, weight), and states.


class Comfy:
    name = "comfy"

    @staticmethod
    def chunks(text, encoder):
        chunks = []
        # ComfyUI has no BREAK; here it starts a chunk as in AUTOMATIC1111.
        for section in re.split(r"\s*\bBREAK\b\s*", text):
            chunk = []
            for run, weight in comfy_weights(section):
                for group in encoder.groups(run):
                    group = [(token, weight) for token in group]
                    is_word = len(group) < 8
                    while len(chunk) + len(group) > ROOM:
                        fitting = 0 if is_word else ROOM - len(chunk)
                        chunks.append(chunk + group[:fitting])
                        chunk, group = [], group[fitting:]
                    chunk += group
            chunks.append(chunk)
        return chunks

    @staticmethod
    def weighted(states, weights, empty):
        weights = torch.tensor(weights)[None, :, None]
        return torch.where(weights == 1, states, (states - empty) * weights + empty)


class A1111:
    name = "a1111"

    @staticmethod
    def chunks(text, encoder):
        comma = encoder.tokenizer.get_vocab()[",</w>"]
        chunks, chunk, last = [], [], None

        def end(count):
            nonlocal chunk, last
            chunks.append(chunk[:count])
            chunk, last = chunk[count:], None

        for run, weight in a1111_weights(text):
            if run is None:
                end(len(chunk))
                continue
            for group in encoder.groups(run):
                is_embedding = group[0] >= encoder.first_vector
                for index, token in enumerate(group):
                    if token == comma:
                        last = len(chunk)
                    elif len(chunk) == ROOM and last is not None and ROOM - last <= 20:
                        end(last + 1)
                    if len(chunk) == ROOM:
                        end(ROOM)
                    if is_embedding and index == 0 and len(chunk) + len(group) > ROOM:
                        end(len(chunk))
                    chunk.append((token, weight))
        return chunks if chunks and not chunk else chunks + [chunk]

    @staticmethod
    def weighted(states, weights, empty):
        weighted = states * torch.tensor(weights)[None, :, None]
        return weighted * (states.mean() / weighted.mean())


class Encoder:
    """A text encoder whose vocabulary is continued by the vectors of an embedding."""

    def __init__(self, folder, suffix, kind, vectors, is_sdxl):
        variant = {"variant": "fp16"} if is_sdxl else {}
        self.model = kind.from_pretrained(folder / f"text_encoder{suffix}", dtype=torch.float32, **variant).eval()
        self.tokenizer = CLIPTokenizer.from_pretrained(folder / f"tokenizer{suffix}")
        self.is_sdxl = is_sdxl
        embedding = self.model.get_input_embeddings()
        self.first_vector = embedding.weight.shape[0]
        embedding.weight = torch.nn.Parameter(torch.cat([embedding.weight, vectors]))
        self.vectors = list(range(self.first_vector, self.first_vector + len(vectors)))

    def groups(self, run):
        """The tokens between embeddings, and those of embeddings."""
        for part in re.split(r"(?:(?<=\s)|^)(embedding:thing)", run):
            tokens = self.vectors if part == "embedding:thing" else self.tokenizer(
                part, add_special_tokens=False).input_ids
            if tokens:
                yield tokens

    def framed(self, chunk):
        pad, t = self.tokenizer.pad_token_id, self.tokenizer
        tokens = [t.bos_token_id, *(token for token, _ in chunk), t.eos_token_id]
        weights = [1.0, *(weight for _, weight in chunk), 1.0]
        return tokens + [pad] * (77 - len(tokens)), weights + [1.0] * (77 - len(weights))

    def states(self, tokens, skip):
        output = self.model(torch.tensor([tokens]), output_hidden_states=True)
        states = output.hidden_states[-(skip or (2 if self.is_sdxl else 1))]
        # SDXL takes states as they are, the others normalise them.
        norm = getattr(self.model, "text_model", self.model).final_layer_norm
        return states if self.is_sdxl else norm(states), getattr(output, "text_embeds", None)


def encode(program, encoders, text, second, skip):
    chunks = [program.chunks(t, encoder) for t, encoder in zip((text, second), encoders)]
    count = max(map(len, chunks))
    contexts, pooled = [], None
    for encoder, chunks_of_encoder in zip(encoders, chunks):
        chunks_of_encoder += [[]] * (count - len(chunks_of_encoder))
        is_weighted = any(weight != 1 for chunk in chunks_of_encoder for _, weight in chunk)
        empty = encoder.states(encoder.framed([])[0], skip)[0]
        parts = []
        for index, chunk in enumerate(chunks_of_encoder):
            tokens, weights = encoder.framed(chunk)
            states, embeds = encoder.states(tokens, skip)
            parts.append(program.weighted(states, weights, empty) if is_weighted else states)
            if index == 0:
                pooled = embeds
        contexts.append(torch.cat(parts, 1))
    sizes = [[len(chunk) for chunk in chunks_of_encoder] for chunks_of_encoder in chunks]
    return torch.cat(contexts, -1), pooled, sizes
