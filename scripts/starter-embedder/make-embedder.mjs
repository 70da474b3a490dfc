/** The published weights of a sentence-transformers BERT → a folder that Transformers.js reads, the same bytes everywhere. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bertGraph } from '../models/convert/bert-graph.mjs';
import { int8Encoding } from '../models/convert/int8-encoding.mjs';
import { SafetensorsFile } from '../models/convert/safetensors-file.mjs';
import { writeOnnx } from '../models/convert/write-onnx.mjs';

/** The name that Transformers.js gives to a graph of 8 bits. */
export const graphPath = 'onnx/model_quantized.onnx';

/**
 * @param {object} options
 * @param {string} options.weights path of the safetensors file
 * @param {string} options.tokenizer path of the published `tokenizer.json`
 * @param {import('../models/convert/bert-graph.mjs').BertShape} options.shape
 * @param {string} options.folder exists already, and is empty
 * @throws {import('../shared/problem.mjs').Problem} where the weights are not those of such a model
 */
export async function makeEmbedder({ weights, tokenizer, shape, folder }) {
  const file = await SafetensorsFile.open(weights);
  try {
    await mkdir(join(folder, 'onnx'));
    await writeOnnx(join(folder, graphPath), bertGraph(file, shape, int8Encoding));
  } finally {
    await file.close();
  }
  const published = JSON.parse(await readFile(tokenizer, 'utf8'));
  const texts = {
    'config.json': configOf(shape),
    // As published it fills each text up to 128 tokens, and cuts it there.
    'tokenizer.json': { ...published, truncation: null, padding: null },
    'tokenizer_config.json': tokenizerConfigOf(shape),
  };
  for (const [name, content] of Object.entries(texts)) {
    await writeFile(join(folder, name), `${JSON.stringify(content)}\n`);
  }
}

/** @param {import('../models/convert/bert-graph.mjs').BertShape} shape */
function configOf({ layers, width, feedForward, heads, vocabulary, positions, epsilon }) {
  return {
    architectures: ['BertModel'],
    model_type: 'bert',
    hidden_size: width,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: feedForward,
    hidden_act: 'gelu',
    layer_norm_eps: epsilon,
    max_position_embeddings: positions,
    type_vocab_size: 2,
    vocab_size: vocabulary,
    pad_token_id: 0,
  };
}

/** @param {import('../models/convert/bert-graph.mjs').BertShape} shape */
function tokenizerConfigOf({ positions }) {
  return {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    tokenize_chinese_chars: true,
    model_max_length: positions,
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    mask_token: '[MASK]',
  };
}
