/**
 * `node scripts/webllm-weights.mjs LIBRARY.wasm FOLDER`: a model for a compiled WebLLM library, with weights drawn at
 * random. It says nothing sensible, but it runs: what the library and our engine do with it can be tested.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from './shared/problem.mjs';
import { say } from './shared/say.mjs';
import { libraryMetadata } from './webllm-weights/library-metadata.mjs';
import { madeTokenizer } from './webllm-weights/made-tokenizer.mjs';
import { randomValues } from './webllm-weights/random-values.mjs';

/** @param {string} library @param {string} folder */
async function writeModel(library, folder) {
  const { context_window_size, vocabulary, params } = libraryMetadata(await readFile(library));
  await mkdir(folder, { recursive: true });
  const records = [];
  for (const [index, { name, shape, dtype }] of params.entries()) {
    const values = randomValues({ name, shape, dtype });
    const [dataPath, nbytes] = [`params_shard_${index}.bin`, values.byteLength];
    await writeFile(path.join(folder, dataPath), values);
    const record = { name, shape, dtype, format: 'raw', nbytes, byteOffset: 0 };
    records.push({ dataPath, format: 'raw-shard', nbytes, records: [record] });
  }
  /** @type {Readonly<Record<string, object>>} */
  const lists = {
    'tensor-cache.json': { metadata: { ParamSize: params.length }, records },
    'tokenizer.json': madeTokenizer(vocabulary),
    'mlc-chat-config.json': {
      context_window_size,
      sliding_window_size: -1,
      attention_sink_size: -1,
      vocab_size: vocabulary,
      tokenizer_files: ['tokenizer.json'],
      temperature: 1,
      top_p: 1,
      repetition_penalty: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      conv_template: {
        system_template: '{system_message}',
        system_message: '',
        roles: { user: 'user', assistant: 'assistant' },
        role_templates: { user: '{user_message}', assistant: '{assistant_message}' },
        seps: [' '],
        stop_token_ids: [],
      },
    },
  };
  for (const [name, list] of Object.entries(lists)) {
    await writeFile(path.join(folder, name), JSON.stringify(list));
  }
}

const [library, folder] = process.argv.slice(2);
try {
  if (!library || !folder) throw new Problem('node scripts/webllm-weights.mjs LIBRARY.wasm FOLDER');
  await writeModel(library, folder);
  say(`Written: ${folder}`);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
