/** Everything that one run of the doctor carries from question to question. */
import type { ServerConnection } from '../../core/connection';
import type { UpstreamStatus } from '../../../relay/contract';
import type { Checklist } from './checklist';
import type { DoctorTools, Patient, RelayView } from './doctor-tools';
import { spaceOf } from './local-network';
import type { ServerQuestions } from './server-questions';

export interface Case {
  readonly patient: Patient;
  readonly tools: DoctorTools;
  readonly questions: ServerQuestions;
  readonly checklist: Checklist;
  readonly signal: AbortSignal;
}

/** The relay's own entry for an address, however the address is spelled. */
export function upstreamAt(view: RelayView | undefined, url: string): UpstreamStatus | undefined {
  if (view?.state !== 'answers' || !URL.canParse(url)) return undefined;
  return view.status.upstreams.find((one) => placeOf(one.url) === placeOf(url));
}

function placeOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const host = /^(127\.0\.0\.1|\[::1\])$/.test(hostname) ? 'localhost' : hostname;
  return `${protocol}//${host}:${port}`;
}

/** To a page from elsewhere, an address on “this device” is the device of the browser, and to its relay another one. */
export function isAnotherForRelay(url: string, { page }: Pick<DoctorTools, 'page'>): boolean {
  if (!URL.canParse(url)) return false;
  return (
    spaceOf(new URL(url).hostname) === 'loopback' && spaceOf(new URL(page.origin).hostname) !== 'loopback'
  );
}

/** `http://host:1` of an address, for sentences. */
export function hostOf({ baseUrl }: ServerConnection): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

/** The same address with https for http, or http for https. */
export function otherScheme(url: string): string {
  return url.startsWith('https:') ? url.replace(/^https:/, 'http:') : url.replace(/^http:/, 'https:');
}
