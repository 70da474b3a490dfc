/** The command `convert FILE.gguf [--bits 4|8|32] [--to FOLDER]`: a GGUF becomes a folder that Transformers.js reads. */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../../shared/problem.mjs';
import { root } from '../../shared/root.mjs';
import { say } from '../../shared/say.mjs';
import { builds, convertGguf } from './convert-gguf.mjs';

const usage =
  'npm run models -- convert FILE.gguf [--bits 4|8|32] [--to FOLDER]: 8 bits for processors, 4 for graphics cards.';
const quantization = /[.-](i?q\d\w*|bf16|f16|f32)$/i;

/**
 * @param {string[]} args
 * @throws {Problem} with what to do, where nothing was converted
 */
export async function convert(args) {
  const { source, bits, to } = readArguments(args);
  const build = builds[bits];
  const name = basename(source)
    .replace(/\.gguf$/i, '')
    .replace(quantization, '');
  const target = resolve(to ?? join(root, 'models', `${name}-${build.dtype}`));
  say(`Converting ${basename(source)} to ${build.dtype} …`);
  const { trainedContext, contextLength, hasTemplate } = await convertGguf({ source, target, bits });
  if (contextLength < trainedContext) {
    say(`Its context window is ${contextLength} tokens there, of ${trainedContext} that it was trained for.`);
  }
  if (!hasTemplate) say('It has no chat template: it continues a text instead of answering.');
  say(`Written: ${target}`);
}

/** @param {string[]} args @returns {{ source: string, bits: import('./convert-gguf.mjs').Bits, to: string | undefined }} */
function readArguments(args) {
  const { values, positionals } = parse(args);
  const [source] = positionals;
  const bits = Number(values.bits);
  if (source === undefined || positionals.length > 1 || !(bits === 4 || bits === 8 || bits === 32)) {
    throw new Problem(usage);
  }
  return { source: resolve(source), bits, to: values.to };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { bits: { type: 'string', default: '8' }, to: { type: 'string' } },
    });
  } catch (error) {
    throw new Problem(usage, error);
  }
}
