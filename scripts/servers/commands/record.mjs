/** `npm run servers -- record NAME …`: real bytes of running servers as fixtures. What is there already stays as it is. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { cacheDirectory } from '../../shared/cache-directory.mjs';
import { Problem } from '../../shared/problem.mjs';
import { root } from '../../shared/root.mjs';
import { say } from '../../shared/say.mjs';
import { liveKey } from '../live-key.mjs';
import { recordedRequests } from '../recorded-requests.mjs';
import { isRunning, readNote } from '../running-servers.mjs';
import { serversNamed } from '../servers-named.mjs';

/** @param {string[]} names @throws {Problem} */
export async function record(names) {
  for (const server of serversNamed(names)) {
    const requests = recordedRequests[server.name];
    if (!requests) throw new Problem(`There is nothing to record of ${server.label}.`);
    const folder = join(root, 'tests', 'fixtures', 'recordings', server.name);
    await mkdir(folder, { recursive: true });
    for (const [name, { path, body, withVectors }] of Object.entries(requests)) {
      const file = join(folder, `${name}.txt`);
      if (existsSync(file)) {
        say(`${name} of ${server.label} is there already.`);
        continue;
      }
      const asked = withVectors ? `${server.name}-embed` : server.name;
      const note = await readNote(asked);
      if (!note || !(await isRunning(note)))
        throw new Problem(`Start it first: npm run servers -- up ${asked}`);
      const whole = body && { model: await servedModel(note.url), ...body };
      await writeFile(file, masked(await ask(`${note.url}${path}`, whole && JSON.stringify(whole))));
      // A home folder names a person, and a key belongs nowhere.
      // Folders differ from machine to machine and say nothing.
      const started = note.command
        .replaceAll(/(^|\s)(?:[~/]|[a-z]:\\)\S*[\\/]([^\s\\/]+)/gi, '$1$2')
        .replaceAll(liveKey, 'KEY');
      const described = {
        server: server.label,
        started,
        date: new Date().toISOString().slice(0, 10),
        path,
        body: whole,
      };
      await writeFile(join(folder, `${name}.req.json`), `${JSON.stringify(described, null, 2)}\n`);
      say(`Recorded ${name} of ${server.label}.`);
    }
  }
}

/** @param {string} url */
async function servedModel(url) {
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${liveKey}` } });
  const { data } = /** @type {{ data: { id: string }[] }} */ (await response.json());
  return data[0]?.id;
}

/**
 * Folders of this machine, at the same length: the rest of the bytes stays where it was.
 * @param {Buffer} bytes
 */
function masked(bytes) {
  const folder = cacheDirectory();
  return Buffer.from(
    bytes
      .toString('latin1')
      .replaceAll(folder, '/example'.padEnd(folder.length, '-').slice(0, folder.length)),
    'latin1',
  );
}

/**
 * Status line, headers and body as they came, the framing of chunks decoded.
 * @param {string} url
 * @param {string} [body] then it is a POST
 * @returns {Promise<Buffer>}
 */
function ask(url, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${liveKey}` };
    const method = body === undefined ? 'GET' : 'POST';
    const asking = request(url, { method, headers }, (response) => {
      const lines = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`];
      for (let at = 0; at < response.rawHeaders.length; at += 2) {
        lines.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
      }
      /** @type {Buffer[]} */
      const pieces = [Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')];
      response.on('data', (piece) => pieces.push(piece));
      response.once('error', reject).once('end', () => resolve(Buffer.concat(pieces)));
    });
    asking.once('error', reject).end(body);
  });
}
