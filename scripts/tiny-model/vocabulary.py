"""The tiny model's tokens: byte-level BPE with ChatML's marks, and a conversation as token ids."""

from random import Random

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from behaviour import Message, conversation

SIZE = 512
END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
SPECIAL = [END_OF_TEXT, START, END]
END_OF_TEXT_ID, START_ID, END_ID = range(3)
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' "
    "+ '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
SEED = 7


def train_tokenizer() -> Tokenizer:
    """Always the same one: it depends on the conversations and the seed only."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    random = Random(SEED)
    talks = [conversation(random, number % 8 == 0) for number in range(800)]
    texts = [text for talk in talks for message in talk for text in (message.role, message.text)]
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        special_tokens=SPECIAL,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    if tokenizer.get_vocab_size() != SIZE:
        raise ValueError(f"{tokenizer.get_vocab_size()} tokens instead of {SIZE}")
    return tokenizer


def encode(tokenizer: Tokenizer, talk: list[Message]) -> tuple[list[int], list[bool]]:
    """Token ids, and which of them are to be learned: the answers with their end."""
    ids: list[int] = []
    is_learned: list[bool] = []
    for message in talk:
        for text, learned in (
            (f"{START}{message.role}\n", False),
            (f"{message.text}{END}", message.role == "assistant"),
            ("\n", False),
        ):
            tokens = tokenizer.encode(text).ids
            ids += tokens
            is_learned += [learned] * len(tokens)
    return ids, is_learned


def prompt(tokenizer: Tokenizer, talk: list[Message]) -> list[int]:
    """Token ids up to where the answer begins."""
    return encode(tokenizer, talk)[0] + tokenizer.encode(f"{START}assistant\n").ids
