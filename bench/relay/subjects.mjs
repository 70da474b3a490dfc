/** Starts what is compared, each in a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, port: number, path: string, stop: () => Promise<void> }} Subject */

export const token = 'a-token-for-the-benchmark';
const path = '/v1/chat/completions';
const relayProgram = fileURLToPath(new URL('../../dist/relay/server.js', import.meta.url));
const nginxPlaces = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

/** @returns {Promise<Subject[]>} the first one is the server itself, without a proxy */
export async function startSubjects() {
  if (!existsSync(relayProgram)) throw new Error('The relay is not built. Run "npm run build" first.');
  const direct = await startNode(
    'direct',
    fileURLToPath(new URL('upstream.mjs', import.meta.url)),
    [],
    {},
    path,
  );
  const upstreamUrl = `http://127.0.0.1:${direct.port}`;
  const bareProxy = fileURLToPath(new URL('bare-proxy.mjs', import.meta.url));
  const nginx = nginxPlaces.find((place) => existsSync(place));
  return [
    direct,
    await startNode('bare proxy', bareProxy, [upstreamUrl], {}, path),
    ...(nginx ? [await startNginx(nginx, direct.port)] : []),
    await startNode('relay', relayProgram, [], relayEnvironment(upstreamUrl), `/relay/openai${path}`),
  ];
}

/** All checks on: Host, Origin with CORS headers, token. @param {string} upstreamUrl */
function relayEnvironment(upstreamUrl) {
  return {
    PORT: '0',
    OPENAI_BASE_URL: upstreamUrl,
    OPENAI_API_KEY: 'a-key',
    RELAY_TOKEN: token,
    RELAY_ALLOWED_ORIGINS: 'https://chat.example',
  };
}

/**
 * @param {string} name
 * @param {string} program prints a line that ends with its port
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {string} requestPath
 * @returns {Promise<Subject>}
 */
async function startNode(name, program, args, env, requestPath) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (line) => resolve(Number(/(\d+)\s*$/.exec(String(line))?.[1])));
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}.`)));
  });
  return { name, port, path: requestPath, stop: () => ended(child) };
}

/**
 * @param {string} program
 * @param {number} upstreamPort
 * @returns {Promise<Subject>}
 */
async function startNginx(program, upstreamPort) {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const configuration = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http { access_log off; ${temporary.join(' ')}
  upstream server { server 127.0.0.1:${upstreamPort}; keepalive 1024; }
  server { listen 127.0.0.1:${port}; keepalive_requests 10000000;
    location / { proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const child = spawn(
    program,
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  return { name: 'nginx', port, path, stop };
}

/** @param {import('node:child_process').ChildProcess} child */
async function ended(child) {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
