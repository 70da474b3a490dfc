"""Writes the tiny model as GGUF with 8-bit weights (Q8_0), whole or in parts."""

import json
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType, quants
from tokenizers import Tokenizer

import network
from network import Weights
from vocabulary import CHAT_TEMPLATE, END_ID, END_OF_TEXT_ID, SIZE, START_ID


def write_gguf(path: Path, tokenizer: Tokenizer, weights: Weights, tensors_per_part: int = 0) -> None:
    """With a number of tensors, parts as llama.cpp names them: NAME-00001-of-00003.gguf and so on."""
    writer = GGUFWriter(path, "llama", split_max_tensors=tensors_per_part)
    writer.add_name("Tiny")
    writer.add_license("MIT")
    _add_shape(writer)
    _add_tokenizer(writer, tokenizer)
    for name, weight in weights.items():
        if weight.ndim == 1:
            writer.add_tensor(name, weight.numpy())
        else:
            writer.add_tensor(name, _quantized(weight), raw_dtype=GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def as_written(weights: Weights) -> Weights:
    """The weights that a reader of the file gets."""
    return {
        name: weight
        if weight.ndim == 1
        else torch.from_numpy(quants.dequantize(_quantized(weight), GGMLQuantizationType.Q8_0))
        for name, weight in weights.items()
    }


def _quantized(weight: torch.Tensor) -> np.ndarray:
    return quants.quantize(weight.numpy(), GGMLQuantizationType.Q8_0)


def _add_shape(writer: GGUFWriter) -> None:
    writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
    writer.add_vocab_size(SIZE)
    writer.add_context_length(network.CONTEXT_LENGTH)
    writer.add_embedding_length(network.WIDTH)
    writer.add_block_count(network.LAYERS)
    writer.add_feed_forward_length(network.FEED_FORWARD)
    writer.add_head_count(network.HEADS)
    writer.add_head_count_kv(network.KEY_VALUE_HEADS)
    writer.add_rope_dimension_count(network.HEAD_SIZE)
    writer.add_rope_freq_base(network.ROPE_BASE)
    writer.add_layer_norm_rms_eps(network.EPSILON)


def _add_tokenizer(writer: GGUFWriter, tokenizer: Tokenizer) -> None:
    described = json.loads(tokenizer.to_str())
    ids = described["model"]["vocab"]
    special = {token["id"] for token in described["added_tokens"]}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(sorted(ids, key=lambda token: ids[token]))
    writer.add_token_types([TokenType.CONTROL if id in special else TokenType.NORMAL for id in range(SIZE)])
    writer.add_token_merges([" ".join(pair) for pair in described["model"]["merges"]])
    writer.add_bos_token_id(START_ID)
    writer.add_eos_token_id(END_ID)
    writer.add_pad_token_id(END_OF_TEXT_ID)
    writer.add_unk_token_id(END_OF_TEXT_ID)
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)
