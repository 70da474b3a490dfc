/** Lets an Ollama server fetch a model. Closing the connection stops it; what is there stays for the next time. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import { afterReport, noPullProgress, type PullProgress, type PullReport } from '../../core/pull-progress';
import type { ServerHttp } from '../shared/http';
import { readNdjson } from '../shared/ndjson';
import { parseRecord } from '../shared/parse-record';
import { pullLineSchema } from './wire';

export interface PullSource {
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
}

/** @param name as Ollama writes it; one that begins with `http://` allows a registry without TLS */
export async function pullModel(
  { http, connection }: PullSource,
  name: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const insecure = name.startsWith('http://');
  const body = { model: name, stream: true, ...(insecure && { insecure }) };
  const answered = await http.postForStream('/api/pull', body, pullLineSchema, signal);
  let progress = noPullProgress;
  const reports =
    'whole' in answered ? [answered.whole] : readReports(answered.stream, name, connection, signal);
  for await (const report of reports) {
    progress = afterReport(progress, report);
    onProgress(progress);
    if (progress.status === 'success') return;
  }
  throw new BackendError(
    'malformed-stream',
    `${connection.label} stopped fetching “${name}” before the end.`,
    {
      hint: 'What has arrived stays there: fetch it again to go on.',
    },
  );
}

/** A failure comes as a line of this stream, whose status is 200 all the same; parseRecord throws it. */
async function* readReports(
  stream: ReadableStream<Uint8Array>,
  name: string,
  connection: ServerConnection,
  signal: AbortSignal,
): AsyncGenerator<PullReport, void, undefined> {
  for await (const record of readNdjson(stream, signal)) yield readLine(record, name, connection);
}

/** The usual words for a model that is not there say how to get it, which is what just failed. */
function readLine(record: string, name: string, connection: ServerConnection): PullReport {
  try {
    return parseRecord(record, pullLineSchema, connection);
  } catch (thrown) {
    const { code, detail } = BackendError.from(thrown);
    if (code === 'malformed-stream') throw thrown;
    throw new BackendError(
      code,
      `${connection.label} could not fetch “${name}”.`,
      {
        ...detail,
        hint: 'Check name and tag, and whether the server reaches the registry. What has arrived stays.',
      },
      thrown,
    );
  }
}
