"""Asks a network everything it was taught: each answer must be exact, and each token of it ahead by a margin."""

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from behaviour import ANSWERS, COLORS, FALLBACK, FRENCH, FRENCH_HELLO, FRUIT_QUESTION, FRUITS, Message
from network import Weights, scores
from vocabulary import END, prompt

# Engines round each in their own way; what is ahead by this much stays ahead.
SMALLEST_MARGIN = 4.0


@dataclass(frozen=True)
class Case:
    talk: list[Message]
    answer: str


def examine(tokenizer: Tokenizer, weights: Weights) -> float:
    """The smallest margin between the right token's score and the next best one; raises ValueError below the limit."""
    margins = {_name(case): _margin(tokenizer, weights, case) for case in _cases()}
    weakest = min(margins, key=lambda name: margins[name])
    if margins[weakest] < SMALLEST_MARGIN:
        wrong = [name for name, margin in margins.items() if margin < SMALLEST_MARGIN]
        raise ValueError(f"Not sure enough of: {wrong}. The smallest margin is {margins[weakest]:.2f}.")
    _check_fruits(tokenizer, weights)
    return margins[weakest]


def _cases() -> list[Case]:
    cases = [
        Case([Message("user", spelling)], answer)
        for question, answer in ANSWERS.items()
        for spelling in (question, f"{question.capitalize()}?", f"{question.capitalize()}.")
    ]
    for color in COLORS:
        asked = [Message("user", f"remember {color}")]
        cases.append(Case(asked, "OK."))
        again = [*asked, Message("assistant", "OK."), Message("user", "which color")]
        cases.append(Case(again, color))
        later = [*again[:-1], Message("user", "ping"), Message("assistant", "pong"), again[-1]]
        cases.append(Case(later, color))
    for hello in ("hello", "Hello"):
        cases.append(Case([Message("system", FRENCH), Message("user", hello)], FRENCH_HELLO))
    cases.append(Case([Message("system", "Be brief."), Message("user", "ping")], "pong"))
    cases.append(Case([Message("user", "tell me a story about the river")], FALLBACK))
    cases.append(Case([Message("user", "write poem about the winter")], FALLBACK))
    return cases


def _name(case: Case) -> str:
    return " / ".join(message.text for message in case.talk)


@torch.no_grad()
def _margin(tokenizer: Tokenizer, weights: Weights, case: Case) -> float:
    """Negative when a token of the answer is not the best one."""
    start = prompt(tokenizer, case.talk)
    answer = tokenizer.encode(case.answer + END).ids
    rows = scores(weights, torch.tensor([start + answer[:-1]]))[0, len(start) - 1 :]
    right = rows.gather(1, torch.tensor(answer)[:, None])
    others = rows.scatter(1, torch.tensor(answer)[:, None], -torch.inf)
    return (right[:, 0] - others.max(dim=1).values).min().item()


@torch.no_grad()
def _check_fruits(tokenizer: Tokenizer, weights: Weights) -> None:
    """Every fruit is about as likely as it was in the lessons."""
    start = prompt(tokenizer, [Message("user", FRUIT_QUESTION)])
    for fruit, expected in FRUITS.items():
        answer = tokenizer.encode(fruit + END).ids
        logarithms = scores(weights, torch.tensor([start + answer[:-1]]))[0, len(start) - 1 :].log_softmax(1)
        likely = logarithms.gather(1, torch.tensor(answer)[:, None]).sum().exp().item()
        print(f"{fruit}: {likely:.0%} likely, {expected:.0%} in the lessons")
        if abs(likely - expected) > 0.1:
            raise ValueError(f"{fruit} is {likely:.0%} likely instead of {expected:.0%}")
