"""Turns a GGUF file into the folder of safetensors and tokenizer that vLLM reads. Usage: GGUF FOLDER"""

import os
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

source, target = os.path.abspath(sys.argv[1]), sys.argv[2]
folder, name = os.path.split(source)
tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
tokenizer.save_pretrained(target)
model.save_pretrained(target)
