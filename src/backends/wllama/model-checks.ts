/** Whether bytes are the model they should be, before the engine sees them: it takes anything without complaint. */
import { BackendError } from '../../core/backend-error';
import type { LocalModelFile } from '../../core/connection';

/** Bytes. WebCrypto hashes only what is in memory as a whole; larger files are checked by size and magic alone. */
const largestHashed = 1024 ** 3;
const magic = 'GGUF';

/** @throws BackendError `load-failed` */
export async function checkModelFile(blob: Blob, file: LocalModelFile): Promise<void> {
  if (blob.size !== file.bytes) {
    throw notTheModel(file, `${blob.size} of ${file.bytes} bytes arrived.`);
  }
  if ((await blob.slice(0, magic.length).text()) !== magic) {
    throw notTheModel(file, `It does not begin with ${magic}.`);
  }
  if (file.sha256 === undefined || !canHash(file)) return;
  const sha256 = await hash(blob);
  if (sha256 !== file.sha256) throw notTheModel(file, `Its SHA-256 is ${sha256}.`);
}

/** WebCrypto is absent on pages that are neither HTTPS nor localhost. */
function canHash(file: LocalModelFile): boolean {
  return file.bytes <= largestHashed && 'subtle' in crypto;
}

async function hash(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function notTheModel(file: LocalModelFile, said: string): BackendError {
  return new BackendError(
    'load-failed',
    `The file of ${file.label} did not arrive whole, so it was not kept.`,
    { said, hint: 'Load it again. If that fails too, delete the file from models/ and run `npm start`.' },
  );
}
