"""Turns a GGUF file into the folder of safetensors and tokenizer that vLLM reads. Usage: GGUF FOLDER"""

import os
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

source, target = os.path.abspath(sys.argv[1]), sys.argv[2]
folder, name = os.path.split(source)
tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
# The loaded model still calls itself quantized and refuses to be saved, though its weights are plain numbers now.
if hasattr(model.config, "quantization_config"):
    del model.config.quantization_config
plain = AutoModelForCausalLM.from_config(model.config, dtype=torch.float32)
plain.load_state_dict(model.state_dict())
plain.save_pretrained(target)
# Last, because its presence is taken for a finished conversion.
tokenizer.save_pretrained(target)
