import { describe, expect, it } from 'vitest';
import { describeBuild } from '../../../../scripts/offline/describe-build';

const workers = ['fast.worker', 'big.worker'];

/** A page that starts two engines, one with WebAssembly that its own worker names and one that is handed its address. */
function build(changes: Readonly<Record<string, string>> = {}) {
  const texts: Record<string, string> = {
    '/index.html': '<script src="/assets/index-aaaaaaaa.js"></script>',
    '/favicon.svg': '<svg/>',
    '/assets/index-aaaaaaaa.js': 'import("./engine-bbbbbbbb.js"); "style-cccccccc.css"',
    '/assets/style-cccccccc.css': 'body{}',
    '/assets/engine-bbbbbbbb.js': '"fast.worker-dddddddd.js" "big.worker-eeeeeeee.js" "big-ffffffff.wasm"',
    '/assets/fast.worker-dddddddd.js': 'fetch("fast-gggggggg.wasm"); import("./helper-hhhhhhhh.js")',
    '/assets/helper-hhhhhhhh.js': 'export {}',
    '/assets/fast-gggggggg.wasm': '\0asm fast',
    '/assets/big.worker-eeeeeeee.js': 'onmessage = () => {}',
    '/assets/big-ffffffff.wasm': '\0asm big',
    '/assets/GBK-EUC-H-iiiiiiii.bcmap': 'characters',
    '/assets/FoxitSans-jjjjjjjj.pfb': 'font',
    ...changes,
  };
  return new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
}

function pathsOf(files: readonly { path: string }[]): string[] {
  return files.map(({ path }) => path).sort();
}

describe('the files of a build', () => {
  const described = describeBuild(build(), workers, ['headers']);
  const runtime = (name: string) => described.runtimes.find((one) => one.name === name);

  it('keep the page at the first visit, under its address, and no engine nor what few PDF files need', () => {
    expect(pathsOf(described.shell)).toEqual([
      '/',
      '/assets/engine-bbbbbbbb.js',
      '/assets/index-aaaaaaaa.js',
      '/assets/style-cccccccc.css',
      '/favicon.svg',
    ]);
  });

  it('keep with an engine what its worker needs, and the WebAssembly that it is handed', () => {
    const fast = runtime('fast');
    expect(fast?.entry).toBe('/assets/fast.worker-dddddddd.js');
    expect(pathsOf(fast?.files ?? [])).toContain('/assets/fast-gggggggg.wasm');
    expect(pathsOf(fast?.files ?? [])).toContain('/assets/helper-hhhhhhhh.js');
    expect(pathsOf(runtime('big')?.files ?? [])).toEqual([
      '/assets/big-ffffffff.wasm',
      '/assets/big.worker-eeeeeeee.js',
    ]);
  });

  it('are told by size and hash', () => {
    const style = described.shell.find(({ path }) => path.endsWith('.css'));
    expect(style).toEqual({
      path: '/assets/style-cccccccc.css',
      bytes: 6,
      sha256: '7c98040a541657584690ae2a1cc3b42a8b53b159cc60c5d3abbfecbaeac6c94a',
    });
  });
});

it('another version is one with another file, or other headers', () => {
  const version = (files = build(), headers: unknown = ['headers']) =>
    describeBuild(files, workers, headers).version;
  expect(version()).toBe(version());
  expect(version(build({ '/favicon.svg': '<svg></svg>' }))).not.toBe(version());
  expect(version(build(), ['others'])).not.toBe(version());
});

it('an engine that slipped into the page ends the build', () => {
  const heavy = build({ '/assets/engine-bbbbbbbb.js': 'x'.repeat(9_000_000) });
  expect(() => describeBuild(heavy, workers, [])).toThrow(/limit is 8000000.*imported outside its worker/);
});
