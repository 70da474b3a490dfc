/** What a lane keeps busy while it answers: the graphics card or processor of this machine, or a server. */
import type { RunsOn } from '../../core/backend';
import { type Connection, isLocal, isRelayed, type ServerKind } from '../../core/connection';

export interface Occupancy {
  /** Lanes with the same resource stand in each other's way. */
  readonly resource: string;
  /** For people: `this graphics card`. */
  readonly label: string;
  /** How many answers it can give at once and still be measured. */
  readonly capacity: number;
  /** Of the lanes that share a resource, those with another group wait: a server would swap one model for the other. */
  readonly group: string;
  /** Where the work is done: two servers of one machine share its processor though they wait for nothing. */
  readonly machine: string;
}

export interface OccupiedPlace {
  readonly connection: Connection;
  readonly modelId: string;
  /** Where an engine in this page ran the model or is to run it; ignored for servers. */
  readonly runsOn: RunsOn | undefined;
  /** Where a server really is, also behind the relay. */
  readonly url: string | undefined;
  /** Where the page comes from: a relay there calls its own machine by the name that this machine has for itself. */
  readonly origin: string;
}

/** InstructLab's llama-cpp-python answers a second request with 503 while the first one streams. */
const capacities: Readonly<Record<ServerKind, number>> = {
  ollama: Infinity,
  vllm: Infinity,
  instructlab: 1,
  llamacpp: Infinity,
  openai: Infinity,
};

export function occupancyOf({ connection, modelId, runsOn, url, origin }: OccupiedPlace): Occupancy {
  if (isLocal(connection)) {
    // WebLLM and the browser's own model know no other place, and an engine that may choose takes the card first.
    const isProcessor = runsOn === 'this-cpu';
    return {
      resource: isProcessor ? 'this-cpu' : 'this-gpu',
      label: isProcessor ? 'this processor' : 'this graphics card',
      capacity: 1,
      group: '',
      machine: 'this',
    };
  }
  return {
    resource: `server ${connection.id}`,
    label: connection.label,
    capacity: capacities[connection.kind],
    group: connection.kind === 'ollama' || connection.kind === 'llamacpp' ? modelId : '',
    machine: machineOf(url ?? connection.baseUrl, isRelayed(connection) ? origin : undefined),
  };
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** @param relay the origin from which the address is seen; absent for this machine */
function machineOf(url: string, relay: string | undefined): string {
  const host = hostOf(url);
  if (!loopback.test(host)) return host;
  return relay === undefined || loopback.test(hostOf(relay)) ? 'this' : hostOf(relay);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
