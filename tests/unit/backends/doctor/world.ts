/** A small internet with a browser's rules: what a page may read, what it may ask, what it cannot see. */
import { diagnose } from '../../../../src/backends/doctor/diagnose';
import type { DoctorTools, Patient, RelayView } from '../../../../src/backends/doctor/doctor-tools';
import type { ServerConnection, ServerKind } from '../../../../src/core/connection';
import type { Diagnosis, DoctorStep } from '../../../../src/core/diagnosis';
import type { UpstreamStatus } from '../../../../relay/contract';
import { untilAborted } from '../../../support/until-aborted';
import { readRecording } from '../../../contract/support/recording';

export interface Route {
  readonly status?: number;
  readonly body?: string;
  /** Recorded bytes of a real server. */
  readonly recording?: string;
  /** Without CORS headers the page gets a TypeError. Default: readable. */
  readonly isHidden?: boolean;
  /** Answers only to this Bearer key; otherwise what `refusal` says. */
  readonly key?: string;
  readonly refusal?: Route;
  readonly neverAnswers?: boolean;
}

export interface World {
  /** By URL; an origin alone answers every other path there. */
  readonly routes?: Readonly<Record<string, Route>>;
  /** Origins that refuse preflights. */
  readonly noPreflight?: readonly string[];
  readonly canSeeWhoIsThere?: boolean;
  readonly permissions?: Readonly<Record<string, PermissionState>>;
  readonly origin?: string;
  readonly isSecureContext?: boolean;
  readonly relay?: RelayView;
  readonly upstreams?: readonly Partial<UpstreamStatus>[];
}

export interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Examination extends Diagnosis {
  readonly asked: readonly Asked[];
  /** The most requests that were open at once. */
  readonly mostAtOnce: number;
  readonly heard: readonly (readonly DoctorStep[])[];
}

export async function examine(
  kind: ServerKind,
  baseUrl: string,
  world: World,
  more: Partial<Patient> & {
    readonly key?: string;
    readonly via?: 'relay' | 'direct';
    readonly id?: string;
  } = {},
): Promise<Examination> {
  const { key, via = 'direct', id = 'one', ...rest } = more;
  const connection: ServerConnection = { id, kind, label: 'The server', baseUrl, via, apiKey: key };
  const patient: Patient = { connection, serverUrl: baseUrl, isKindKnown: true, isAdded: true, ...rest };
  const asked: Asked[] = [];
  const heard: (readonly DoctorStep[])[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const counted = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    mostAtOnce = Math.max(mostAtOnce, ++open);
    try {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return await work();
    } finally {
      open--;
    }
  };
  const routeOf = (url: string): Route | undefined =>
    world.routes?.[url] ?? world.routes?.[new URL(url).origin];

  const tools: DoctorTools = {
    fetch: (input, init = {}) =>
      counted(async () => {
        const url = input instanceof Request ? input.url : input.toString();
        const headers = init.headers as Record<string, string>;
        asked.push({ url, headers });
        const needsPreflight = 'authorization' in headers || 'content-type' in headers;
        const isRefused = needsPreflight && world.noPreflight?.includes(new URL(url).origin);
        const route = routeOf(url);
        if (route?.neverAnswers) {
          await untilAborted(init.signal);
          throw new DOMException('aborted', 'AbortError');
        }
        const isRightKey = route?.key === undefined || headers.authorization === `Bearer ${route.key}`;
        const given = isRightKey ? route : route.refusal;
        if (!given || isRefused || given.isHidden) throw new TypeError('Failed to fetch');
        return responseOf(given);
      }),
    canReach: (url) =>
      counted(() =>
        Promise.resolve(world.canSeeWhoIsThere === false ? undefined : routeOf(url) !== undefined),
      ),
    permission: (name) => Promise.resolve(world.permissions?.[name]),
    page: {
      origin: world.origin ?? 'http://localhost:4173',
      isSecureContext: world.isSecureContext ?? true,
    },
    askRelay: () =>
      Promise.resolve(world.relay ?? { state: 'answers', status: { upstreams: statuses(world) } }),
    pauseMs: 0,
    patienceMs: 50,
  };
  const diagnosis = await diagnose(
    patient,
    tools,
    (steps) => heard.push(steps),
    new AbortController().signal,
  );
  return { ...diagnosis, asked, mostAtOnce, heard };
}

function statuses({ upstreams = [] }: World): UpstreamStatus[] {
  return upstreams.map((given) => ({
    id: 'one',
    kind: 'ollama',
    label: 'The server',
    url: 'http://localhost:11434',
    state: 'ready',
    hasKey: false,
    models: [],
    ...given,
  }));
}

function responseOf({ status = 200, body = '', recording }: Route): Response {
  if (recording === undefined) return new Response(body, { status });
  const recorded = readRecording(recording);
  return new Response(new TextDecoder().decode(recorded.body), { status: recorded.status });
}
