/** nginx as a plain proxy that does not buffer: one process, as the others are. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { ended, startProgram, subjectCore } from './start-program.mjs';
import { whenListening } from './when-listening.mjs';

const places = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

/**
 * @param {number} upstreamPort
 * @returns {Promise<import('./subjects.mjs').Subject | string>} or why there is none
 */
export async function startNginx(upstreamPort) {
  const program = places.find((place) => existsSync(place));
  if (!program) return 'nginx is not installed (Debian: apt-get install nginx-light)';
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const configuration = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http { access_log off; ${temporary.join(' ')}
  upstream server { server 127.0.0.1:${upstreamPort}; keepalive 1024; }
  server { listen 127.0.0.1:${port}; keepalive_requests 10000000;
    location / { proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const args = ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')];
  const child = startProgram(program, args, { core: subjectCore });
  await whenListening(port);
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  return { name: 'nginx', port, path: '/v1/chat/completions', headers: [], pid: child.pid ?? 0, stop };
}
