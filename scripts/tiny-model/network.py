"""A small Llama: token ids to the next token's scores. Its tensors have GGUF's names and llama.cpp's order of rows."""

import math

import torch
from torch.nn import functional

from vocabulary import SIZE as VOCABULARY

WIDTH, LAYERS, HEADS, KEY_VALUE_HEADS, HEAD_SIZE, FEED_FORWARD = 128, 2, 4, 2, 32, 256
CONTEXT_LENGTH = 1024
ROPE_BASE, EPSILON = 10_000.0, 1e-5

Weights = dict[str, torch.Tensor]


def new_weights(seed: int) -> Weights:
    """Matrices are [outputs, inputs]; the embedding is the output layer too."""
    torch.manual_seed(seed)
    weights = {"token_embd.weight": torch.randn(VOCABULARY, WIDTH) * 0.05}
    queries, keys = HEADS * HEAD_SIZE, KEY_VALUE_HEADS * HEAD_SIZE
    for layer in range(LAYERS):
        shapes = {
            "attn_q": (queries, WIDTH),
            "attn_k": (keys, WIDTH),
            "attn_v": (keys, WIDTH),
            "attn_output": (WIDTH, queries),
            "ffn_gate": (FEED_FORWARD, WIDTH),
            "ffn_up": (FEED_FORWARD, WIDTH),
            "ffn_down": (WIDTH, FEED_FORWARD),
        }
        for name, (outputs, inputs) in shapes.items():
            # What is added to the stream begins small, so that the layers do not drown the embedding.
            size = 0.5 if outputs == WIDTH else 1.0
            weights[f"blk.{layer}.{name}.weight"] = torch.randn(outputs, inputs) / math.sqrt(inputs) * size
        weights[f"blk.{layer}.attn_norm.weight"] = torch.ones(WIDTH)
        weights[f"blk.{layer}.ffn_norm.weight"] = torch.ones(WIDTH)
    weights["output_norm.weight"] = torch.ones(WIDTH)
    return weights


def scores(weights: Weights, ids: torch.Tensor) -> torch.Tensor:
    """[batch, tokens] to [batch, tokens, vocabulary]."""
    angles = _angles(ids.shape[1])
    stream = weights["token_embd.weight"][ids]
    for layer in range(LAYERS):
        block = {name: weights[f"blk.{layer}.{name}.weight"] for name in _BLOCK}
        stream = stream + _attention(block, _normalized(stream, block["attn_norm"]), angles)
        hidden = _normalized(stream, block["ffn_norm"])
        gated = functional.silu(hidden @ block["ffn_gate"].T) * (hidden @ block["ffn_up"].T)
        stream = stream + gated @ block["ffn_down"].T
    return _normalized(stream, weights["output_norm.weight"]) @ weights["token_embd.weight"].T


_BLOCK = ["attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down"]


def _attention(block: Weights, hidden: torch.Tensor, angles: torch.Tensor) -> torch.Tensor:
    batch, tokens, _ = hidden.shape

    def heads(name: str, count: int) -> torch.Tensor:
        return (hidden @ block[name].T).view(batch, tokens, count, HEAD_SIZE).transpose(1, 2)

    query = _rotated(heads("attn_q", HEADS), angles)
    key = _rotated(heads("attn_k", KEY_VALUE_HEADS), angles)
    value = heads("attn_v", KEY_VALUE_HEADS)
    mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
    return mixed.transpose(1, 2).reshape(batch, tokens, -1) @ block["attn_output"].T


def _normalized(values: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return values * torch.rsqrt(values.pow(2).mean(-1, keepdim=True) + EPSILON) * weight


def _angles(tokens: int) -> torch.Tensor:
    """[tokens, half a head]"""
    frequencies = ROPE_BASE ** (-torch.arange(0, HEAD_SIZE, 2) / HEAD_SIZE)
    return torch.outer(torch.arange(tokens), frequencies)


def _rotated(values: torch.Tensor, angles: torch.Tensor) -> torch.Tensor:
    """Neighbours are turned together, as llama.cpp has it; other Llamas pair the two halves of a head."""
    even, odd = values[..., 0::2], values[..., 1::2]
    cosine, sine = angles.cos(), angles.sin()
    turned = torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], dim=-1)
    return turned.flatten(-2)
