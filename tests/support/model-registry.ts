/** A small registry of models on loopback, as Ollama's client asks one: a manifest, and blobs by digest. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelRegistry {
  /** What to pull: `http://127.0.0.1:PORT/library/NAME:latest`. */
  readonly name: string;
  /** Lets the bytes of the model's file pass that are held back from the start. */
  release(): void;
  /** Bytes of the model's file that were sent. */
  readonly sent: () => number;
  stop(): Promise<void>;
}

interface Layer {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly bytes: Buffer;
}

const pieceBytes = 1024 * 1024;

/** @param heldAfter bytes of the model's file that pass before `release` */
export async function startModelRegistry(
  gguf: Buffer,
  template: string,
  heldAfter: number,
): Promise<ModelRegistry> {
  const model = layer('application/vnd.ollama.image.model', gguf);
  const words = layer('application/vnd.ollama.image.template', Buffer.from(template));
  const config = layer(
    'application/vnd.docker.container.image.v1+json',
    Buffer.from(describeImage(model, words)),
  );
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: card(config),
    layers: [model, words].map(card),
  });
  const blobs = new Map([model, words, config].map((one) => [one.digest, one.bytes]));
  let sent = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));

  async function send(response: ServerResponse, bytes: Buffer, range: string | undefined): Promise<void> {
    const [, from = '0', to = String(bytes.length - 1)] = /bytes=(\d+)-(\d+)?/.exec(range ?? '') ?? [];
    const part = bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': part.length });
    for (let at = 0; at < part.length && !response.destroyed; at += pieceBytes) {
      if (bytes === gguf && sent >= heldAfter) await released;
      const piece = part.subarray(at, at + pieceBytes);
      if (bytes === gguf) sent += piece.length;
      if (!response.write(piece)) await drained(response);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://registry');
    const bytes = blobs.get(pathname.slice(pathname.lastIndexOf('/') + 1));
    if (pathname.endsWith('/manifests/latest')) return response.end(manifest);
    if (!bytes) return response.writeHead(404).end();
    if (request.method === 'HEAD') return response.writeHead(200, { 'content-length': bytes.length }).end();
    // The client wants to be sent to another host for the bytes themselves, as the real registry does.
    if (request.headers.host?.startsWith('127.')) {
      return response.writeHead(307, { location: `http://localhost:${port}${pathname}` }).end();
    }
    return void send(response, bytes, request.headers.range);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name: `http://127.0.0.1:${port}/library/pulled:latest`,
    release: () => release(),
    sent: () => sent,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Also resolves when the other side has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function layer(mediaType: string, bytes: Buffer): Layer {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { mediaType, digest, size: bytes.length, bytes };
}

function card({ mediaType, digest, size }: Layer): Omit<Layer, 'bytes'> {
  return { mediaType, digest, size };
}

function describeImage(...layers: readonly Layer[]): string {
  return JSON.stringify({
    model_format: 'gguf',
    model_family: 'llama',
    model_families: ['llama'],
    model_type: '135M',
    file_type: 'Q4_1',
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
}
