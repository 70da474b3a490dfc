/** Which lane may answer now. Fair: of those that could start, the one that asked first does. */
import type { ScheduleMode } from '../../core/comparison';
import type { Occupancy } from './occupancy';

export interface TurnRequest extends Occupancy {
  /** For people: `Lane 2`. */
  readonly lane: string;
  /** Read anew whenever something ends, and by `reconsider`. */
  readonly mode: ScheduleMode;
}

/** Whom a lane waits for, and because of what. */
export interface Wait {
  readonly lanes: readonly string[];
  /** Absent where the mode is the reason. */
  readonly resource?: string;
}

export interface Turn {
  /** Names of lanes that worked on the same machine at the same time; the figures of both are worse for it. */
  readonly sharedWith: ReadonlySet<string>;
  /** Ends the turn; a second call does nothing. */
  release(): void;
}

interface Running {
  readonly request: TurnRequest;
  readonly sharedWith: Set<string>;
}

interface Waiting {
  readonly request: TurnRequest;
  readonly onWait: (wait: Wait) => void;
  readonly start: (turn: Turn) => void;
}

export class LaneScheduler {
  readonly #running = new Set<Running>();
  #waiting: readonly Waiting[] = [];

  /** @throws the signal's reason once it is aborted while waiting */
  take(request: TurnRequest, onWait: (wait: Wait) => void, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(asError(signal.reason));
      const onAbort = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        this.reconsider();
        reject(asError(signal.reason));
      };
      const start = (turn: Turn): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(turn);
      };
      const waiting: Waiting = { request, onWait, start };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting = [...this.#waiting, waiting];
      this.reconsider();
    });
  }

  /**
   * Starts everything that can start; tells the others what they wait for. To be called after the mode of some has
   * changed.
   */
  reconsider(): void {
    const still: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const ahead = [...this.#running].map(({ request }) => request);
      const queued = still.map(({ request }) => request);
      const wait = this.#waitOf(waiting.request, ahead, queued);
      if (wait) {
        still.push(waiting);
        waiting.onWait(wait);
      } else {
        waiting.start(this.#start(waiting.request));
      }
    }
    this.#waiting = still;
  }

  #waitOf(
    request: TurnRequest,
    running: readonly TurnRequest[],
    queued: readonly TurnRequest[],
  ): Wait | undefined {
    if (request.mode === 'all-at-once') return undefined;
    if (request.mode === 'one-by-one') {
      const before = [...running, ...queued];
      return before.length > 0 ? { lanes: before.map(({ lane }) => lane) } : undefined;
    }
    const isRival = (other: TurnRequest): boolean => other.resource === request.resource;
    const busy = running.filter(isRival);
    // One that waits for the same thing was here first, or the model of its group would never get its turn.
    const before = [...busy, ...queued.filter(isRival)];
    const mayJoin = before.every(({ group }) => group === request.group) && busy.length < request.capacity;
    return mayJoin ? undefined : { lanes: before.map(({ lane }) => lane), resource: request.label };
  }

  #start(request: TurnRequest): Turn {
    const mine: Running = { request, sharedWith: new Set() };
    for (const other of this.#running) {
      if (other.request.machine !== request.machine) continue;
      other.sharedWith.add(request.lane);
      mine.sharedWith.add(other.request.lane);
    }
    this.#running.add(mine);
    return {
      sharedWith: mine.sharedWith,
      release: () => {
        if (this.#running.delete(mine)) this.reconsider();
      },
    };
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
