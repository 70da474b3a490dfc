/** `node scripts/tiny-embedder.mjs`: writes the embedding model of the tests, small enough to be checked by hand. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addedToken } from './models/convert/added-token.mjs';
import { OnnxGraph } from './models/convert/onnx-graph.mjs';
import { writeOnnx } from './models/convert/write-onnx.mjs';
import { root } from './shared/root.mjs';

/** Words and their vectors; that is the whole model. */
const vectors = /** @type {const} */ ({
  '[PAD]': [0, 0, 0, 0],
  '[UNK]': [0, 0, 0, -1],
  '[CLS]': [1, 0, 0, 0],
  '[SEP]': [0, 0, 0, 1],
  cat: [0, 2, 0, 0],
  kitten: [0, 2, 1, 0],
  stocks: [0, -1, 3, 0],
});
const hiddenSize = 4;
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const words = Object.keys(vectors);

const folder = join(root, 'tests', 'fixtures', 'tiny-embedder');
await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, 'onnx'), { recursive: true });
await writeOnnx(join(folder, 'onnx', 'model.onnx'), graph());
await write('config.json', {
  architectures: ['BertModel'],
  model_type: 'bert',
  hidden_size: hiddenSize,
  num_attention_heads: 1,
  num_hidden_layers: 1,
  intermediate_size: hiddenSize,
  max_position_embeddings: 64,
  vocab_size: words.length,
});
await write('tokenizer_config.json', {
  tokenizer_class: 'PreTrainedTokenizerFast',
  model_max_length: 64,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
});
await write('tokenizer.json', tokenizer());

/** A table look-up: each token's vector, whatever stands around it. */
function graph() {
  const made = new OnnxGraph();
  const row = ['batch_size', 'sequence_length'];
  made.inputs.push(
    { name: 'input_ids', type: 'int64', shape: row },
    { name: 'attention_mask', type: 'int64', shape: row },
  );
  made.outputs.push({ name: 'last_hidden_state', type: 'float', shape: [...row, hiddenSize] });
  const table = Float32Array.from(Object.values(vectors).flat());
  made.constant('table', 'float', [words.length, hiddenSize], table);
  made.add('Gather', ['table', 'input_ids'], 'last_hidden_state');
  return made;
}

function tokenizer() {
  /** @param {string} id */
  const specialToken = (id) => ({ SpecialToken: { id, type_id: 0 } });
  const text = { Sequence: { id: 'A', type_id: 0 } };
  /** @param {string} id */
  const named = (id) => [id, { id, ids: [words.indexOf(id)], tokens: [id] }];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => addedToken({ id, content, isSpecial: true })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [specialToken('[CLS]'), text, specialToken('[SEP]')],
      pair: [specialToken('[CLS]'), text, specialToken('[SEP]')],
      special_tokens: Object.fromEntries([named('[CLS]'), named('[SEP]')]),
    },
    decoder: null,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      unk_token: '[UNK]',
    },
  };
}

/** @param {string} name @param {object} content */
async function write(name, content) {
  await writeFile(join(folder, name), `${JSON.stringify(content, null, 1)}\n`);
}
