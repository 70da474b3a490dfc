/** The page and the models as files over HTTP: isolation headers, caching, compression, byte ranges. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rawRequest } from './support/raw-request';
import { runningRelay } from './support/running-relay';

const script = 'export const text = "hello";\n'.repeat(100);
const model = randomBytes(1_000_003);

function folders(): { pageDirectory: string; modelsDirectory: string } {
  const root = mkdtempSync(join(tmpdir(), 'switchyard-files-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [pageDirectory, modelsDirectory] = [join(root, 'page'), join(root, 'models')];
  mkdirSync(join(pageDirectory, 'assets'), { recursive: true });
  mkdirSync(join(modelsDirectory, 'folder.gguf'), { recursive: true });
  writeFileSync(join(pageDirectory, 'index.html'), '<!doctype html><title>Switchyard</title>');
  writeFileSync(join(pageDirectory, 'sandbox.html'), '<!doctype html><title>Sandbox</title>');
  writeFileSync(join(pageDirectory, 'assets/app-abc123.js'), script);
  writeFileSync(join(pageDirectory, 'assets/engine.wasm'), Buffer.alloc(5000));
  writeFileSync(join(modelsDirectory, 'm.gguf'), model);
  writeFileSync(join(modelsDirectory, 'empty.gguf'), '');
  mkdirSync(join(modelsDirectory, 'tiny/onnx'), { recursive: true });
  mkdirSync(join(modelsDirectory, 'tiny/.git'));
  writeFileSync(join(modelsDirectory, 'tiny/onnx/model_q4.onnx'), model);
  writeFileSync(join(modelsDirectory, 'tiny/config.json'), '{}');
  writeFileSync(join(modelsDirectory, 'tiny/.env.json'), 'hidden');
  writeFileSync(join(modelsDirectory, 'tiny/.git/config.json'), 'hidden');
  writeFileSync(join(modelsDirectory, 'tiny/script.js'), 'no model');
  writeFileSync(join(modelsDirectory, 'config.json'), 'no model');
  writeFileSync(join(root, 'secret.gguf'), 'outside');
  symlinkSync(join(root, 'secret.gguf'), join(modelsDirectory, 'out.gguf'));
  symlinkSync(root, join(modelsDirectory, 'up'));
  symlinkSync(join(modelsDirectory, 'm.gguf'), join(modelsDirectory, 'tiny/same.gguf'));
  writeFileSync(join(modelsDirectory, 'manifest.json'), '[]');
  return { pageDirectory, modelsDirectory };
}

const servingRelay = () => runningRelay(folders());

describe('the page', () => {
  it('is isolated, under a policy, and asked for anew each time', async () => {
    const relay = await servingRelay();
    for (const path of ['/', '/index.html']) {
      const { status, headers } = await fetch(relay.url + path);
      expect(status).toBe(200);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(headers.get('content-type')).toMatch(/^text\/html/);
      const policy = headers.get('content-security-policy');
      for (const part of [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
      ]) {
        expect(policy).toContain(part);
      }
      expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
    }
  });

  it('has a sandbox for code that only it may frame, without network and without its origin', async () => {
    const relay = await servingRelay();
    const { status, headers } = await fetch(`${relay.url}/sandbox.html`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    const policy = (headers.get('content-security-policy') ?? '').split('; ');
    expect(policy).toContain('sandbox allow-scripts');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy.join()).not.toMatch(/allow-same-origin|connect-src|http/);
  });

  it('has assets that are kept for ever, with the headers that workers need', async () => {
    const relay = await servingRelay();
    const { headers } = await fetch(`${relay.url}/assets/app-abc123.js`);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:");
    // The threads of the in-page engine are started from addresses that Trusted Types would refuse.
    expect(policy).not.toContain('trusted-types');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('content-type')).toMatch(/javascript/);
    expect((await fetch(`${relay.url}/assets/engine.wasm`)).headers.get('content-type')).toBe(
      'application/wasm',
    );
  });

  it('is compressed for those who take it, and the same for those who do not', async () => {
    const relay = await servingRelay();
    const path = `${relay.url}/assets/app-abc123.js`;
    const zipped = await fetch(path, { headers: { 'accept-encoding': 'gzip' } });
    const plain = await fetch(path, { headers: { 'accept-encoding': 'identity' } });
    expect([zipped.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual([
      'gzip',
      null,
    ]);
    expect([await zipped.text(), await plain.text()]).toEqual([script, script]);
    expect(Number(zipped.headers.get('content-length'))).toBeLessThan(
      Number(plain.headers.get('content-length')),
    );
    expect(zipped.headers.get('vary')).toBe('Accept-Encoding');
    expect(zipped.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    const again = await fetch(path, { headers: { 'if-none-match': zipped.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(path, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect(head.headers.get('content-length')).toBe(String(script.length));
  });

  it('is nothing else', async () => {
    const relay = await servingRelay();
    const paths = [
      '/nope',
      '/assets/',
      '/assets',
      '/../package.json',
      '/%2e%2e/secret.gguf',
      '/assets/..%2f..%2fsecret.gguf',
      '//index.html',
      '/index.html/',
      '/models',
      '/models/',
      '/api',
      '/api/nope',
    ];
    for (const path of paths) {
      const { status, body } = await rawRequest(relay.port, [`GET ${path} HTTP/1.1`]);
      expect([path, status, body]).toEqual([path, 404, expect.stringContaining('nothing at this address')]);
    }
    expect((await fetch(`${relay.url}/`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('says what to do when it has not been built', async () => {
    const relay = await runningRelay();
    const reply = await fetch(relay.url);
    expect([reply.status, await reply.json()]).toEqual([
      503,
      { error: { code: 'internal', message: expect.stringMatching(/npm run build/) as string } },
    ]);
  });
});

describe('a model', () => {
  const part = async (url: string, headers: Record<string, string>, method = 'GET') => {
    const reply = await fetch(url, { method, headers });
    return { reply, bytes: Buffer.from(await reply.arrayBuffer()) };
  };

  it('comes whole', async () => {
    const relay = await servingRelay();
    const { reply, bytes } = await part(`${relay.url}/models/m.gguf`, {});
    expect([reply.status, reply.headers.get('accept-ranges'), bytes.equals(model)]).toEqual([
      200,
      'bytes',
      true,
    ]);
    expect(reply.headers.get('content-length')).toBe(String(model.length));
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(reply.headers.get('content-encoding')).toBeNull();
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=500000-', 500_000, model.length],
    ['bytes=-3', model.length - 3, model.length],
    ['bytes=65535-65536', 65_535, 65_537],
    ['bytes=7-99999999', 7, model.length],
  ])('%s', async (range, start, end) => {
    const relay = await servingRelay();
    const { reply, bytes } = await part(`${relay.url}/models/m.gguf`, { range });
    expect(reply.status).toBe(206);
    expect(reply.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${model.length}`);
    expect(reply.headers.get('content-length')).toBe(String(end - start));
    expect(bytes.equals(model.subarray(start, end))).toBe(true);
  });

  it('answers a range beyond its end with its size, and odd ones with the whole', async () => {
    const relay = await servingRelay();
    const url = `${relay.url}/models/m.gguf`;
    const beyond = await part(url, { range: `bytes=${model.length}-` });
    expect([beyond.reply.status, beyond.reply.headers.get('content-range')]).toEqual([
      416,
      `bytes */${model.length}`,
    ]);
    expect((await part(url, { range: 'bytes=0-1,5-6' })).bytes.equals(model)).toBe(true);
    const empty = await part(`${relay.url}/models/empty.gguf`, {});
    expect([empty.reply.status, empty.bytes.length]).toEqual([200, 0]);
  });

  it('gives its size to HEAD', async () => {
    const relay = await servingRelay();
    const { reply } = await part(`${relay.url}/models/m.gguf`, {}, 'HEAD');
    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, String(model.length)]);
  });

  it('is sent again only when it has changed, and a part of it only while it has not', async () => {
    const directories = folders();
    const relay = await runningRelay(directories);
    const url = `${relay.url}/models/m.gguf`;
    const etag = (await part(url, {}, 'HEAD')).reply.headers.get('etag') ?? '';
    expect((await part(url, { 'if-none-match': etag })).reply.status).toBe(304);
    expect((await part(url, { range: 'bytes=0-9', 'if-range': etag })).reply.status).toBe(206);
    utimesSync(join(directories.modelsDirectory, 'm.gguf'), new Date(), new Date(0));
    expect((await part(url, { 'if-none-match': etag })).reply.status).toBe(200);
    expect((await part(url, { range: 'bytes=0-9', 'if-range': etag })).reply.status).toBe(200);
  });

  it('may lie in a folder of its own, whose files come in parts too', async () => {
    const relay = await servingRelay();
    for (const path of ['tiny/onnx/model_q4.onnx', 'tiny/same.gguf', 't%69ny/onnx/model%5Fq4.onnx']) {
      const { reply, bytes } = await part(`${relay.url}/models/${path}`, { range: 'bytes=3-9' });
      expect([reply.status, bytes.equals(model.subarray(3, 10))]).toEqual([206, true]);
    }
    const config = await part(`${relay.url}/models/tiny/config.json`, {}, 'HEAD');
    expect([config.reply.status, config.reply.headers.get('etag')]).toEqual([200, expect.any(String)]);
  });

  it('is a model file of its folder and nothing else', async () => {
    const relay = await servingRelay();
    const names = [
      '../secret.gguf',
      '..%2fsecret.gguf',
      '%2e%2e%2fsecret.gguf',
      '..\\secret.gguf',
      '..%5csecret.gguf',
      './m.gguf%00',
      'm.gguf/',
      'manifest.json',
      'nope.gguf',
      'folder.gguf',
      '.gguf',
      'M',
      '%6d.ggu',
      '/m.gguf',
      'config.json',
      'out.gguf',
      'up/secret.gguf',
      'up/models/manifest.json',
      'tiny',
      'tiny/',
      'tiny/script.js',
      'tiny/.env.json',
      'tiny/.git/config.json',
      'tiny//config.json',
      'tiny%2fconfig.json',
      'tiny%5cconfig.json',
      'tiny/onnx/..%2f..%2fmanifest.json',
      'tiny/%2e%2e/manifest.json',
      'tiny/../../secret.gguf',
      'tiny/..%5c..%5csecret.gguf',
      'tiny/%252e%252e/config.json',
      'tiny/onnx/%E0%A4%A',
    ];
    for (const name of names) {
      const { status } = await rawRequest(relay.port, [`GET /models/${name} HTTP/1.1`]);
      expect([name, status]).toEqual([
        name,
        expect.toSatisfy((code: number) => code === 404 || code === 400),
      ]);
    }
  });
});
