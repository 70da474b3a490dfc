/** What a browser sends for a chat, as bytes. */
import { token } from './subjects.mjs';

/**
 * @param {import('./subjects.mjs').Subject} subject
 * @param {Record<string, unknown>} [fields] of the body
 * @returns {Buffer}
 */
export function requestBytes({ port, path, headers }, fields = {}) {
  const body = JSON.stringify({
    model: 'm',
    messages: [{ role: 'user', content: 'Say hello, please.' }],
    temperature: 0.7,
    max_tokens: 64,
    ...fields,
  });
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    'Connection: keep-alive',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/json',
    'Accept: */*',
    'Accept-Encoding: gzip, deflate, br',
    'Accept-Language: en',
    `Authorization: Bearer ${token}`,
    'Origin: https://chat.example',
    'Referer: https://chat.example/',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Site: cross-site',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    ...headers,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
