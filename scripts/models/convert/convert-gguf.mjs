/** GGUF → a folder that Transformers.js reads: configuration, tokenizer and the graph with its weights. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFolder } from '../../shared/write-whole-folder.mjs';
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
  const file = await GgufFile.open(source);
  try {
    const told = llamaShape(file);
    const shape = { ...told, contextLength: Math.min(told.contextLength, longestContext) };
    const texts = textFiles(file.metadata, shape);
    const { file: name, encoding } = builds[bits];
    const graph = await llamaGraph(file, shape, encoding);
    await writeWholeFolder(target, async (folder) => {
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
