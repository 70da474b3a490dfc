/** Downloads model files to disk with the page's own downloader: ranges, resumption, retries, wrong pages. */
import { rename, rm } from 'node:fs/promises';
import { fetch } from 'undici';
import { openDiskPart } from './disk-part.mjs';
import { isWholeFile } from './is-whole-file.mjs';
import { progressTeller } from './progress-teller.mjs';
import { proxyAgent } from './proxy-agent.mjs';
import { withPageCode } from './with-page-code.mjs';

/** @typedef {typeof import('../../src/models/download/download-file')} Downloader */
/** @typedef {typeof import('../../src/models/download/part-file')} PartFiles */
/** @typedef {import('../../src/models/download/fetch-part').Get} Get */
/** @typedef {import('../../src/core/local-model').ModelFile} ModelFile */

/**
 * Leaves `target` whole and verified, or not there at all; what arrived stays beside it in `<target>.part`.
 * Rejects with an Error whose message is the reason.
 * @typedef {(file: ModelFile, target: string, options?: DownloadOptions) => Promise<void>} Download
 */

/**
 * @typedef {object} DownloadOptions
 * @property {number} [patience] attempts in a row that bring nothing, after which a source is given up
 */

/**
 * @template Result
 * @param {(download: Download) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withDownloader(use) {
  const dispatcher = proxyAgent();
  /** @type {Get} */
  const get = async (url, headers, signal) => {
    // Compressed, a text would not have the size that the hub tells.
    const asked = { ...headers, 'accept-encoding': 'identity' };
    const response = await fetch(url, { dispatcher, headers: asked, signal });
    return { status: response.status, headers: new Headers([...response.headers]), body: bytesOf(response) };
  };
  try {
    return await withPageCode(async (load) => {
      const { downloadFile } = /** @type {Downloader} */ (
        await load('/src/models/download/download-file.ts')
      );
      const { PartFile } = /** @type {PartFiles} */ (await load('/src/models/download/part-file.ts'));
      return use(async (file, target, { patience } = {}) => {
        const path = `${target}.part`;
        // Without a hash nobody could tell the rest of a newer version from the rest of this one.
        if (file.sha256 === undefined) await rm(path, { force: true });
        const part = new PartFile(openDiskPart(path));
        const tell = progressTeller(file.path, file.bytes);
        const close = () => part.close();
        // Ctrl-C ends the program, and what has arrived until then is kept.
        process.once('exit', close);
        try {
          const never = new AbortController().signal;
          await downloadFile(file, part, () => tell(part.size), get, never, patience);
        } finally {
          process.off('exit', close);
          close();
        }
        await finish(file, path, target);
      });
    });
  } finally {
    await dispatcher.destroy();
  }
}

/** @param {ModelFile} file @param {string} part @param {string} target */
async function finish(file, part, target) {
  if (!(await isWholeFile(part, file))) {
    await rm(part, { force: true });
    throw new Error(`what arrived is not ${file.path}: its SHA-256 differs`);
  }
  await rename(part, target);
}

/**
 * @param {import('undici').Response} response
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
async function* bytesOf({ body }) {
  if (!body) return;
  for await (const chunk of body) yield chunk;
}
