"""Trains the tiny model, examines it and writes its GGUF files. Usage: python make.py FOLDER"""

import sys
from pathlib import Path

from examination import examine
from gguf_writer import as_written, write_gguf
from training import train
from vocabulary import train_tokenizer

TENSORS_PER_PART = 7


def main(folder: Path) -> None:
    tokenizer = train_tokenizer()
    weights = train(tokenizer)
    # What counts is what the file holds: eight bits a weight, not what was trained.
    print(f"smallest margin {examine(tokenizer, as_written(weights)):.2f}")
    (folder / "split").mkdir(parents=True, exist_ok=True)
    write_gguf(folder / "tiny-q8_0.gguf", tokenizer, weights)
    write_gguf(folder / "split" / "tiny-q8_0.gguf", tokenizer, weights, TENSORS_PER_PART)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
