/** Lines that start a server or make the relay know it. */
import type { RelayStatus } from '../../../relay/contract';
import type { ServerConnection, ServerKind } from '../../core/connection';
import type { DoctorCommand } from '../../core/diagnosis';

/** The relay's variable for the address of a server. */
export function upstreamVariable(kind: ServerKind): string {
  return `${kind.toUpperCase()}_BASE_URL`;
}

const starters: Readonly<Partial<Record<ServerKind, (port: string) => string>>> = {
  ollama: (port) => (port === '11434' ? 'ollama serve' : `OLLAMA_HOST=127.0.0.1:${port} ollama serve`),
  vllm: (port) => `vllm serve MODEL --port ${port}`,
  instructlab: (port) => `ilab model serve --port ${port}`,
  llamacpp: (port) => `llama-server -m MODEL.gguf --port ${port}`,
};

/** Through the relay the port is not known here, so the line leaves it out. */
export function startCommand({ kind, baseUrl, via }: ServerConnection): DoctorCommand | undefined {
  const { protocol, port } = new URL(baseUrl);
  const text = starters[kind]?.(port || (protocol === 'https:' ? '443' : '80'));
  if (text === undefined || via === 'relay') return undefined;
  return { label: 'On the machine of the server', text };
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
