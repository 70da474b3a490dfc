/** GGUF → a folder that Transformers.js reads: configuration, tokenizer and the graph with its weights. */
import { rmSync } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../shared/problem.mjs';
import { blockEncoding } from './block-encoding.mjs';
import { floatEncoding } from './float-encoding.mjs';
import { GgufFile } from './gguf-file.mjs';
import { int8Encoding } from './int8-encoding.mjs';
import { llamaGraph } from './llama-graph.mjs';
import { llamaShape } from './llama-shape.mjs';
import { textFiles } from './text-files.mjs';
import { writeOnnx } from './write-onnx.mjs';

/** @typedef {4 | 8 | 32} Bits */

/** File names are those that Transformers.js derives from its dtypes. */
export const builds = {
  4: { dtype: 'q4', file: 'model_q4.onnx', encoding: blockEncoding },
  8: { dtype: 'q8', file: 'model_quantized.onnx', encoding: int8Encoding },
  32: { dtype: 'fp32', file: 'model.onnx', encoding: floatEncoding },
};

/** Tokens. The angles of every position are stored, and what a page can remember of a conversation ends before. */
const longestContext = 32_768;

/**
 * Leaves `target` whole, or not there at all.
 * @param {object} options
 * @param {string} options.source path of a GGUF
 * @param {string} options.target path of a folder that does not exist yet
 * @param {Bits} options.bits
 * @returns {Promise<{ contextLength: number, trainedContext: number, hasTemplate: boolean }>} in tokens
 * @throws {Problem} where the file cannot be converted, or the result not be written
 */
export async function convertGguf({ source, target, bits }) {
  const isThere = await access(target).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new Problem(`${target} exists already. Delete it first, or name another folder with --to.`);
  const file = await GgufFile.open(source);
  try {
    const told = llamaShape(file);
    const shape = { ...told, contextLength: Math.min(told.contextLength, longestContext) };
    const texts = textFiles(file.metadata, shape);
    const { file: name, encoding } = builds[bits];
    const graph = await llamaGraph(file, shape, encoding);
    await writeWhole(target, async (folder) => {
      for (const [path, content] of Object.entries(texts)) {
        await writeFile(join(folder, path), `${JSON.stringify(content, null, 1)}\n`);
      }
      await mkdir(join(folder, 'onnx'));
      await writeOnnx(join(folder, 'onnx', name), graph);
    });
    const hasTemplate = typeof file.metadata['tokenizer.chat_template'] === 'string';
    return { contextLength: shape.contextLength, trainedContext: told.contextLength, hasTemplate };
  } finally {
    await file.close();
  }
}

/** Fills a folder beside the target and moves it there at the end. @param {string} target @param {(folder: string) => Promise<void>} fill */
async function writeWhole(target, fill) {
  try {
    await mkdir(dirname(target), { recursive: true });
    const workplace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const remove = () => rmSync(workplace, { recursive: true, force: true });
    // Also where the process is interrupted.
    process.once('exit', remove);
    try {
      // A folder of its own inside: the one that mkdtemp makes is closed to other people.
      const folder = join(workplace, 'whole');
      await mkdir(folder);
      await fill(folder);
      await rename(folder, target);
    } finally {
      process.off('exit', remove);
      await rm(workplace, { recursive: true, force: true });
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error instanceof Problem) throw error;
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
    throw new Problem(`${target} could not be written: ${reason}. Nothing of it was kept.`, error);
  }
}
