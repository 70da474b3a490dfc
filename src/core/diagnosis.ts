/** What the connection doctor found out about a way to a server, as data: for screens, tests and the copy button. */
import type { ServerKind } from './connection';

export const causes = [
  'works',
  'bad-address',
  'relay-not-reachable',
  'relay-wants-token',
  'server-down',
  'name-not-found',
  'wrong-scheme',
  'certificate-refused',
  'mixed-content',
  'unreachable-from-browser',
  'local-network-denied',
  'local-network-unasked',
  'cors-refused',
  'preflight-refused',
  'host-refused',
  'key-missing',
  'key-wrong',
  'wrong-path',
  'wrong-kind',
  'not-a-model-server',
  'busy',
  'too-slow',
  'loading',
  'server-failing',
  'model-missing',
  'no-models',
] as const;

export type Cause = (typeof causes)[number];

/** `known`: nothing else explains what was seen. `one-of`: the page cannot tell the findings apart. */
export type Certainty = 'known' | 'most-likely' | 'one-of';

/** One question of the doctor, shown while it is asked. */
export interface DoctorStep {
  /** As a question, for example “Does the server answer this page?”. */
  readonly question: string;
  readonly outcome: 'running' | 'good' | 'bad' | 'unclear';
  /** What came out, as a short sentence; absent while it runs. */
  readonly said?: string;
}

/** A line to copy. */
export interface DoctorCommand {
  /** Where it belongs, for example “Environment of Ollama”. */
  readonly label: string;
  readonly text: string;
}

/** What a screen can do about it at once. */
export type DoctorAction = 'use-relay' | 'enter-key' | 'enter-token' | 'change-address' | 'change-kind';

export interface Finding {
  readonly cause: Cause;
  /** What is the matter, as one sentence. */
  readonly title: string;
  /** What was seen that says so. */
  readonly why: string;
  /** The one thing to do; empty where nothing is wrong. */
  readonly fix: string;
  /** More than one only where it is not known which server it is: each label says for which. */
  readonly commands: readonly DoctorCommand[];
  readonly actions: readonly DoctorAction[];
  /** The kind that answers there, where it is another than was set up. */
  readonly foundKind?: ServerKind;
  /** The address that would work. */
  readonly betterUrl?: string;
}

export interface Diagnosis {
  readonly certainty: Certainty;
  /** The most likely first; more than one exactly where the certainty is `one-of`. */
  readonly findings: readonly [Finding, ...Finding[]];
  readonly steps: readonly DoctorStep[];
  /** The relay's entry at the same address, where it has one: `use-relay` leads there. */
  readonly relayId?: string;
  /** How the relay could reach a server that it does not know yet. */
  readonly relayLine?: DoctorCommand;
}
