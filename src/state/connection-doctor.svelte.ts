/** One examination of one server: its steps while they run, its finding, and what a click does about it. */
import { diagnose } from '../backends/doctor/diagnose';
import type { DoctorTools, Patient, RelayView } from '../backends/doctor/doctor-tools';
import { fetchRelayStatus } from '../backends/relay-api';
import { serverPresets } from '../backends/presets';
import { BackendError } from '../core/backend-error';
import { isLocal, type ServerKind } from '../core/connection';
import type { Diagnosis, DoctorStep } from '../core/diagnosis';
import { canReach } from '../platform/can-reach';
import { cleanUrl } from './add-server';
import type { BackendStore } from './backend-store.svelte';
import type { AddedServer } from './setting-values';
import type { Settings } from './settings.svelte';

/** A backend of the list, or an address that is still being typed. */
export type DoctorSubject =
  | { readonly backendId: string; readonly modelId?: string }
  | { readonly typedUrl: string; readonly kind: ServerKind | undefined };

export class ConnectionDoctor {
  steps = $state.raw<readonly DoctorStep[]>([]);
  diagnosis = $state.raw<Diagnosis>();
  isExamining = $state.raw(false);
  subject = $state.raw<DoctorSubject>({ typedUrl: '', kind: undefined });

  readonly #backends: BackendStore;
  readonly #settings: Settings;
  #running: AbortController | undefined;

  constructor(subject: DoctorSubject, backends: BackendStore, settings: Settings) {
    this.subject = subject;
    this.#backends = backends;
    this.#settings = settings;
  }

  /** Undefined for a backend that is gone or runs in this page. */
  patient: Patient | undefined = $derived.by(() => {
    const { subject } = this;
    if ('typedUrl' in subject) return typedPatient(subject.typedUrl, subject.kind);
    const entry = this.#backends.entry(subject.backendId);
    if (!entry || isLocal(entry.connection)) return undefined;
    const { connection, url = connection.baseUrl } = entry;
    const { modelId } = subject;
    return { connection, serverUrl: url, isKindKnown: true, isAdded: this.#isAdded(connection.id), modelId };
  });

  async examine(): Promise<void> {
    this.stop();
    const { patient } = this;
    if (!patient) return;
    const running = new AbortController();
    this.#running = running;
    this.diagnosis = undefined;
    this.steps = [];
    this.isExamining = true;
    const onSteps = (steps: readonly DoctorStep[]): void => {
      if (this.#running === running) this.steps = steps;
    };
    try {
      const diagnosis = await diagnose(patient, browserTools(), onSteps, running.signal);
      if (this.#running === running) this.diagnosis = diagnosis;
    } catch (thrown) {
      if (!running.signal.aborted) throw thrown;
    } finally {
      if (this.#running === running) this.isExamining = false;
    }
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.isExamining = false;
  }

  /** Lets the relay call this server from now on, and examines that way. */
  async useRelay(): Promise<void> {
    const { relayId } = this.diagnosis ?? {};
    if (relayId === undefined || 'typedUrl' in this.subject) return;
    const { backendId, modelId } = this.subject;
    const { directUpstreams, selection } = this.#settings.values;
    this.#settings.set(
      'directUpstreams',
      directUpstreams.filter((id) => id !== relayId),
    );
    if (selection?.backendId === backendId) {
      this.#settings.set('selection', { ...selection, backendId: relayId });
    }
    this.subject = modelId === undefined ? { backendId: relayId } : { backendId: relayId, modelId };
    await this.#afterChange();
  }

  /** For a server that was typed into Settings. */
  async changeServer(change: Partial<Pick<AddedServer, 'url' | 'kind'>>): Promise<void> {
    if ('typedUrl' in this.subject) return;
    const { backendId } = this.subject;
    const servers = this.#settings.values.addedServers.map((server) =>
      server.id === backendId ? { ...server, ...change } : server,
    );
    this.#settings.set('addedServers', servers);
    await this.#afterChange();
  }

  /** Keys are taken over at once; the rest of the page learns of them too. */
  async #afterChange(): Promise<void> {
    this.#backends.reconnect();
    await this.examine();
    void this.#backends.refresh(new AbortController().signal);
  }

  keyChanged(): Promise<void> {
    return this.#afterChange();
  }

  #isAdded(id: string): boolean {
    return this.#settings.values.addedServers.some((server) => server.id === id);
  }
}

function typedPatient(typed: string, kind: ServerKind | undefined): Patient {
  const baseUrl = cleanUrl(typed) ?? typed.trim();
  const label = kind ? serverPresets[kind].label : 'The server';
  const connection = { id: 'typed', kind: kind ?? 'openai', label, baseUrl, via: 'direct' } as const;
  return { connection, serverUrl: baseUrl, isKindKnown: kind !== undefined, isAdded: true };
}

function browserTools(): DoctorTools {
  return {
    fetch: (input, init) => fetch(input, init),
    canReach,
    permission,
    page: { origin: location.origin, isSecureContext },
    askRelay,
    pauseMs: 100,
    patienceMs: 5000,
  };
}

async function permission(name: string): Promise<PermissionState | undefined> {
  try {
    // The names are newer than TypeScript's list of them.
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return undefined;
  }
}

async function askRelay(signal: AbortSignal): Promise<RelayView> {
  try {
    return { state: 'answers', status: await fetchRelayStatus(signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = BackendError.from(thrown);
    return code === 'unauthorized' ? { state: 'wants-token' } : { state: 'silent', said: message };
  }
}
