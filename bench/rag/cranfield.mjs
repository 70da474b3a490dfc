/** The test collection Cranfield (College of Aeronautics, 1967): abstracts, questions, and which abstracts answer them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** @typedef {{ id: number, title: string, text: string }} Abstract */
/** @typedef {{ n: number, query: string, relevant: number[] }} Question */
/** @typedef {{ documents: Abstract[], queries: Question[] }} Cranfield */

const files = ['docs.jsonl', 'queries.jsonl'];

/**
 * @param {string} [folder] else what CRANFIELD in the environment names
 * @returns {Promise<Cranfield | string>} or why there is none
 */
export async function readCranfield(folder = process.env.CRANFIELD) {
  if (!folder) {
    return `Cranfield: name its folder with --cranfield FOLDER or CRANFIELD, with ${files.join(' and ')} in it`;
  }
  const paths = files.map((file) => join(resolve(folder), file));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) return `Cranfield: there is no ${missing.join(' and no ')}`;
  const [documents, queries] = await Promise.all(paths.map(readLines));
  return {
    documents: /** @type {Abstract[]} */ (documents),
    queries: /** @type {Question[]} */ (queries),
  };
}

/** @param {string} path of a file with a JSON value on each line @returns {Promise<unknown[]>} */
async function readLines(path) {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line));
}
