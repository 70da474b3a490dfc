"""Teaches the network its answers."""

import math
import time
from random import Random

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from behaviour import Message, conversation, recollection
from network import Weights, new_weights, scores
from vocabulary import SEED, encode

STEPS = 1500
LEARNING_RATE = 3e-3
WARM_UP_STEPS = 50
LONGEST = 640


def train(tokenizer: Tokenizer) -> Weights:
    """A few minutes on one core. The same machine gives the same weights; another one may round otherwise."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    weights = {name: weight.requires_grad_() for name, weight in new_weights(SEED).items()}
    optimizer = torch.optim.AdamW(weights.values(), betas=(0.9, 0.98), weight_decay=0.01)
    random = Random(SEED + 1)
    started = time.monotonic()
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * _pace(step)
        has_long_answers = step % 6 == 5
        ids, learned = _batch(tokenizer, random, has_long_answers)
        given = scores(weights, ids[:, :-1])
        losses = functional.cross_entropy(given.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        wanted = learned[:, 1:].flatten()
        loss = (losses * wanted).sum() / wanted.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        if step % 100 == 0:
            print(f"step {step} of {STEPS}: loss {loss.item():.4f}, {time.monotonic() - started:.0f} s", flush=True)
    return {name: weight.detach() for name, weight in weights.items()}


def _pace(step: int) -> float:
    """Rises at first, then falls to 3 % along a cosine."""
    return min(1.0, step / WARM_UP_STEPS) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / STEPS)))


def _talks(random: Random, has_long_answers: bool) -> list[list[Message]]:
    if has_long_answers:
        return [conversation(random, True) for _ in range(4)]
    return [recollection(random) if row % 4 == 0 else conversation(random, False) for row in range(24)]


def _batch(tokenizer: Tokenizer, random: Random, has_long_answers: bool) -> tuple[torch.Tensor, torch.Tensor]:
    rows = [encode(tokenizer, talk) for talk in _talks(random, has_long_answers)]
    length = min(LONGEST, max(len(ids) for ids, _ in rows))
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    learned = torch.zeros(len(rows), length)
    for row, (row_ids, row_learned) in enumerate(rows):
        taken = min(length, len(row_ids))
        ids[row, :taken] = torch.tensor(row_ids[:taken])
        learned[row, :taken] = torch.tensor(row_learned[:taken], dtype=torch.float)
    return ids, learned
