/** A person's own code, apart from the page: what it gets, what it cannot reach, and how it is ended. */
import { expect, test } from 'vitest';
import { matchPattern } from '../../../src/platform/apart/match-pattern';
import { runInSandbox } from '../../../src/platform/apart/run-in-sandbox';

test('a function is called, a promise is awaited, and the semicolon of a habit does no harm', async () => {
  expect(await runInSandbox('(answer, prompt) => answer + prompt', ['a', 'b'])).toBe('ab');
  expect(await runInSandbox('async (answer) => answer.length;\n', ['four'])).toBe(4);
  expect(await runInSandbox('function check(a) { return a === "x" } // yes', ['x'])).toBe(true);
});

test('what is wrong with the code is said', async () => {
  await expect(runInSandbox('(', [])).rejects.toThrow(/SyntaxError/);
  await expect(runInSandbox('42', [])).rejects.toThrow(/not a function/);
  await expect(runInSandbox('() => { throw new Error("no luck") }', [])).rejects.toThrow(/no luck/);
  await expect(runInSandbox('() => () => 1', [])).rejects.toThrow(/The code failed/);
});

test('there is no way out: no network, no storage, no document, no page', async () => {
  const tries = {
    fetch: `fetch(${JSON.stringify(location.href)}, { mode: 'no-cors' })`,
    'another site': 'fetch("https://example.com", { mode: "no-cors" })',
    'data address': 'fetch("data:text/plain,x")',
    XMLHttpRequest: `new Promise((yes, no) => {
      const request = new XMLHttpRequest();
      request.onload = yes;
      request.onerror = () => no(new Error('refused'));
      request.open('GET', ${JSON.stringify(location.href)});
      request.send();
    })`,
    WebSocket: `new Promise((yes, no) => {
      const socket = new WebSocket('ws://127.0.0.1:9');
      socket.onopen = yes;
      socket.onerror = () => no(new Error('refused'));
    })`,
    importScripts: `importScripts(${JSON.stringify(`${location.origin}/@vite/client`)})`,
    import: `import(${JSON.stringify(`${location.origin}/@vite/client`)})`,
    indexedDB: `new Promise((yes, no) => {
      const opening = indexedDB.open('switchyard');
      opening.onsuccess = yes;
      opening.onerror = () => no(new Error('refused'));
    })`,
    caches: 'caches.keys()',
    files: 'navigator.storage.getDirectory()',
    document: 'document.cookie',
    window: 'window.parent',
    parent: 'parent.location',
    localStorage: 'localStorage.length',
  };
  for (const [name, way] of Object.entries(tries)) {
    const code = `async () => {
      try { await (${way}); return 'reached'; } catch (thrown) { return 'refused: ' + thrown; }
    }`;
    expect(await runInSandbox(code, [], 5000), name).toMatch(/^refused/);
  }
  expect(await runInSandbox('() => self.origin', [])).toBe('null');
});

test('an endless loop is ended, while the page goes on', async () => {
  let beats = 0;
  const heart = setInterval(() => beats++, 20);
  await expect(runInSandbox('() => { for (;;); }', [], 500)).rejects.toThrow(/ended.*0\.5 seconds/);
  clearInterval(heart);
  // A page that stood still would have had no beat in between.
  expect(beats).toBeGreaterThan(5);
  expect(await runInSandbox('() => "still here"', [])).toBe('still here');
});

test('a promise that never comes is ended too, and many run side by side', async () => {
  const [never, ...others] = await Promise.allSettled([
    runInSandbox('() => new Promise(() => {})', [], 300),
    ...Array.from({ length: 8 }, (_, number) => runInSandbox('(text) => text', [`${number}`])),
  ]);
  expect(never?.status).toBe('rejected');
  expect(others.map((one) => one.status === 'fulfilled' && one.value)).toEqual(
    Array.from({ length: 8 }, (_, number) => `${number}`),
  );
});

test('one call leaves nothing behind for the next', async () => {
  await runInSandbox('() => { self.left = 1; Array.prototype.map = null; return true }', []);
  expect(await runInSandbox('() => [self.left === undefined, typeof [].map]', [])).toEqual([
    true,
    'function',
  ]);
});

test('framed with the origin of the page, as another site may do, it runs nothing', async () => {
  const frame = document.createElement('iframe');
  frame.src = '/sandbox.html';
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  const { port1, port2 } = new MessageChannel();
  const answers: unknown[] = [];
  port1.onmessage = ({ data }) => answers.push(data);
  frame.contentWindow?.postMessage({ code: '() => 1', args: [], limitMs: 100 }, '*', [port2]);
  // The same request to the real sandbox, sent later, is answered: this one would have been by then.
  await runInSandbox('() => 1', []);
  await runInSandbox('() => 1', []);
  expect(answers).toEqual([]);
  frame.remove();
});

test('a pattern is searched, and one that does not end is ended', async () => {
  expect(await matchPattern('One two', 'TWO$', 'i')).toBe(true);
  expect(await matchPattern('One two', '^two', '')).toBe(false);
  await expect(matchPattern('x', '(', '')).rejects.toThrow(/cannot be used/);
  await expect(matchPattern(`${'a'.repeat(40)}!`, '^(a+)+$', '', 1000)).rejects.toThrow(/ended after 1 sec/);
});
