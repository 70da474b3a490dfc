/** Fetches a file over HTTP into `<target>.part`, going on where an earlier attempt stopped. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { isWholeFile } from './is-whole-file.mjs';
import { showProgress } from './show-progress.mjs';

const connectTimeoutMs = 8_000;
const silenceTimeoutMs = 30_000;

/**
 * Leaves `target` whole and verified, or not there at all.
 * @param {{ hubUrl: string, bytes: number, sha256: string }} model
 * @param {string} target
 * @throws {Error} with the reason in its message
 */
export async function downloadFromHub(model, target) {
  const part = `${target}.part`;
  await fetchRest(model, part);
  if (!(await isWholeFile(part, model))) {
    await rm(part, { force: true });
    throw new Error('the file that arrived is not the expected one (its SHA-256 differs)');
  }
  await rename(part, target);
}

/**
 * @param {{ hubUrl: string, bytes: number }} model
 * @param {string} part
 */
async function fetchRest({ hubUrl, bytes }, part) {
  const have = (await stat(part).catch(() => undefined))?.size ?? 0;
  if (have === bytes) return;
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: silenceTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
  });
  try {
    const isResumed = have > 0 && have < bytes;
    const response = await fetch(hubUrl, {
      dispatcher,
      headers: isResumed ? { range: `bytes=${have}-` } : {},
    });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    // A server without ranges sends the whole file from the start.
    const start = response.status === 206 ? have : 0;
    const file = createWriteStream(part, { flags: start > 0 ? 'a' : 'w' });
    await pipeline(response.body, showProgress(start, bytes), file);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
