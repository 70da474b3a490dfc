/** The server that breaks on demand, as real requests see it: what is measured with it is no better than it is. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer, type ViteDevServer } from 'vite';
import { faultyFiles } from '../../support/faulty-files';

let vite: ViteDevServer;
let url: string;

beforeAll(async () => {
  vite = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    plugins: [faultyFiles()],
    server: { port: 0, host: '127.0.0.1', ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  await vite.listen();
  const address = vite.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('The server has no port.');
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => vite.close());

const bytes = 300_000;
const get = (name: string, query = '', headers: Record<string, string> = {}) =>
  fetch(`${url}/faulty/${name}?bytes=${bytes}${query}`, { headers });
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

it('gives the same bytes whole, in parts, and to the hash', async () => {
  const whole = await bodyOf(await get('whole'));
  const end = await get('whole', '', { range: 'bytes=65530-' });
  expect(end.status).toBe(206);
  expect(end.headers.get('content-range')).toBe(`bytes 65530-${bytes - 1}/${bytes}`);
  expect((await bodyOf(end)).equals(whole.subarray(65530))).toBe(true);
  const hash = await (await fetch(`${url}/faulty-hash/?bytes=${bytes}`)).text();
  expect(createHash('sha256').update(whole).digest('hex')).toBe(hash);
});

it('keeps to the end of a range, as browsers ask for it when they look whether they can go on', async () => {
  const one = await get('one', '', { range: 'bytes=7-7' });
  expect(one.headers.get('content-range')).toBe(`bytes 7-7/${bytes}`);
  expect(await bodyOf(one)).toHaveLength(1);
});

it('cuts the first replies only, where a number is given, and counts what went out', async () => {
  const cut = '&cut=100000&cuts=2';
  await expect(get('cut', cut).then(bodyOf)).rejects.toThrow('terminated');
  await expect(get('cut', cut, { range: 'bytes=100000-' }).then(bodyOf)).rejects.toThrow('terminated');
  expect(await bodyOf(await get('cut', cut, { range: 'bytes=200000-' }))).toHaveLength(100_000);
  expect(await (await fetch(`${url}/faulty-log/cut`)).json()).toMatchObject({ requests: 3, bytes });
});
