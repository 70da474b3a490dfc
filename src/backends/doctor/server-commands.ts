/** Lines that start a server or make the relay know it. */
import type { RelayStatus } from '../../../relay/contract';
import type { ServerConnection, ServerKind } from '../../core/connection';
import type { DoctorCommand } from '../../core/diagnosis';

/** The relay's variable for the address of a server. */
export function upstreamVariable(kind: ServerKind): string {
  return `${kind.toUpperCase()}_BASE_URL`;
}

type Starter = (port: string) => DoctorCommand;

const starter =
  (line: (port: string) => string): Starter =>
  (port) => ({ label: 'On the machine of the server', text: line(port) });

const starters: Readonly<Partial<Record<ServerKind, Starter>>> = {
  // Setting a variable and starting a program is one line in some shells only.
  ollama: (port) =>
    port === '11434'
      ? starter(() => 'ollama serve')(port)
      : { label: 'Environment of Ollama, before “ollama serve”', text: `OLLAMA_HOST=127.0.0.1:${port}` },
  vllm: starter((port) => `vllm serve MODEL --port ${port}`),
  instructlab: starter((port) => `ilab model serve --port ${port}`),
  llamacpp: starter((port) => `llama-server -m MODEL.gguf --port ${port}`),
};

/** Only for a server that this browser calls: the relay's own is started by whoever runs the relay. */
export function startCommand({ kind, baseUrl, via }: ServerConnection): DoctorCommand | undefined {
  if (via === 'relay') return undefined;
  const { protocol, port } = new URL(baseUrl);
  return starters[kind]?.(port || (protocol === 'https:' ? '443' : '80'));
}

/**
 * The relay calls only what its configuration names, so a typed server needs a line there: a variable while
 * that kind's place is free, else an entry for the file that SWITCHYARD_CONFIG names.
 */
export function relayLine({ kind, baseUrl, label }: ServerConnection, status: RelayStatus): DoctorCommand {
  const isTaken = status.upstreams.some((one) => one.id === kind && one.state !== 'unreachable');
  if (!isTaken) return { label: 'Environment of the relay', text: `${upstreamVariable(kind)}=${baseUrl}` };
  const entry = { id: `${kind}-2`, kind, label, baseUrl };
  return { label: 'Entry in the file of SWITCHYARD_CONFIG', text: JSON.stringify(entry) };
}
