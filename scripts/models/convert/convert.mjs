/** The command `convert FILE.gguf [--bits 4|8|32] [--to FOLDER]`: a GGUF becomes a folder that Transformers.js reads. */
import { Problem } from '../../shared/problem.mjs';

/** @param {string[]} _args @throws {Problem} */
export function convert(_args) {
  return Promise.reject(new Problem('convert is being written.'));
}
