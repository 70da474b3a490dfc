/** What a compiled WebLLM library says of the model that it was compiled for. */
import { Problem } from '../shared/problem.mjs';

/** @typedef {{ name: string, shape: number[], dtype: string }} Parameter */
/** @typedef {{ context_window_size: number, params: Parameter[], vocabulary: number }} Metadata sizes in tokens */

/**
 * It lies in the module as the JSON that the library's function `_metadata` returns.
 * @param {Buffer} library the `.wasm` file
 * @returns {Metadata}
 * @throws {Problem} where there is none
 */
export function libraryMetadata(library) {
  const begin = library.indexOf('{"model_type"');
  // Its last entry, `memory_usage`, is a flat object: the first two braces in a row are the end.
  const end = library.indexOf('}}', begin) + 2;
  if (begin < 0 || end < 2) throw new Problem('This file is not a library that was compiled for WebLLM.');
  const said = JSON.parse(library.toString('utf8', begin, end));
  const table = said.params.find((/** @type {Parameter} */ { name }) =>
    /(word_embeddings|embed_tokens|wte)\.(q_)?weight$/.test(name),
  );
  if (!table) throw new Problem(`No table of tokens is known for a model of the kind ${said.model_type}.`);
  return { ...said, vocabulary: table.shape[0] };
}
