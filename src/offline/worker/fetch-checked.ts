/** Fetches a file of the build and makes sure that it is that file: a wrong one would be kept for good. */
import type { BuildFile } from '../offline-build';

/**
 * `no-cache` asks the server whether the browser's copy still holds: nothing is downloaded twice, and headers
 * are always those of now.
 * @throws Error when the server has another version, or no answer
 */
export async function fetchChecked(file: BuildFile): Promise<Response> {
  const response = await fetch(file.path, { cache: 'no-cache', priority: 'low' });
  if (response.status !== 200 || response.redirected || !(await isFile(response.clone(), file))) {
    throw new Error(`${file.path} is not the file of this version (status ${response.status}).`);
  }
  return response;
}

/** Reads the response to its end. */
export async function isFile(response: Response, { bytes, sha256 }: BuildFile): Promise<boolean> {
  const content = await response.arrayBuffer();
  if (content.byteLength !== bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
