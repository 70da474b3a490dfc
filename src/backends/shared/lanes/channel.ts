/** The page's one connection over which all its answers come; opened again whenever it breaks. */
import { channelSilenceMs, laneHeaders, relayPaths } from '../../../../relay/contract';
import { randomHex } from '../../../platform/random-hex';
import { type Frame, FrameReader } from './frame-reader';

const firstPauseMs = 250;
const longestPauseMs = 5000;
/** Until the relay has told how long it keeps an answer. */
const firstKeepMs = 5000;
/** Opening it costs a round trip, so it stays for a moment. Longer, and it would use up one of six connections. */
const idleMs = 5000;

export interface ChannelUser {
  /** The header `have` of the contract: each answer that is running; empty when there is none. */
  have(): string;
  onFrame(frame: Frame): void;
  /** It broke while there are answers to wait for, and is being opened again (false); or it is there again (true). */
  onConnection(isUp: boolean): void;
  /** It broke, and cannot be opened again in the time for which the relay keeps answers. */
  onLost(): void;
}

export class Channel {
  readonly id = randomHex(16);
  readonly #origin: string;
  readonly #user: ChannelUser;
  #isOpen = false;
  #connection: AbortController | undefined;
  #isBroken = false;
  #heardAt = 0;
  #keepMs = firstKeepMs;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #endPause = (): void => undefined;

  constructor(origin: string, user: ChannelUser) {
    this.#origin = origin;
    this.#user = user;
    if (typeof document === 'undefined') return;
    addEventListener('online', this.#onWake);
    document.addEventListener('visibilitychange', this.#onWake);
  }

  /** There is an answer to wait for. */
  open(): void {
    clearTimeout(this.#idle);
    if (!this.#isOpen) void this.#stayConnected();
  }

  /** There is none any more. */
  rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#connection?.abort(), idleMs);
  }

  async #stayConnected(): Promise<void> {
    this.#isOpen = true;
    this.#isBroken = false;
    let brokenAt = Date.now();
    let pauseMs = firstPauseMs;
    while (this.#user.have() !== '') {
      const startedAt = Date.now();
      const wasConnected = await this.#connect();
      if (wasConnected) brokenAt = Date.now();
      this.#setBroken(this.#user.have() !== '');
      if (Date.now() - brokenAt >= this.#keepMs) this.#user.onLost();
      if (wasConnected && Date.now() - startedAt > longestPauseMs) pauseMs = firstPauseMs;
      else if (this.#user.have() !== '') {
        await this.#pause(pauseMs);
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
    }
    this.#isOpen = false;
  }

  /** Resolves when the connection has ended, with whether there was one. */
  async #connect(): Promise<boolean> {
    const connection = new AbortController();
    this.#connection = connection;
    this.#heardAt = Date.now();
    const watch = setInterval(() => this.#abortIfSilent(channelSilenceMs), channelSilenceMs / 5);
    let wasConnected = false;
    try {
      const have = this.#user.have();
      const response = await fetch(this.#origin + relayPaths.answers, {
        headers: { [laneHeaders.channel]: this.id, ...(have ? { [laneHeaders.have]: have } : {}) },
        cache: 'no-store',
        signal: connection.signal,
      });
      if (!response.ok || !response.body) return false;
      this.#keepMs = Number(response.headers.get(laneHeaders.keepMs) ?? 0);
      const reader = response.body.getReader();
      const frames = new FrameReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || connection.signal.aborted) return wasConnected;
        this.#heardAt = Date.now();
        this.#setBroken(false);
        for (const frame of frames.push(value)) this.#user.onFrame(frame);
        wasConnected = true;
      }
    } catch {
      // Broken, refused, silent or closed by us: what to do then does not depend on it.
      return wasConnected;
    } finally {
      clearInterval(watch);
      connection.abort();
    }
  }

  #setBroken(isBroken: boolean): void {
    if (isBroken === this.#isBroken) return;
    this.#isBroken = isBroken;
    this.#user.onConnection(!isBroken);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  /** After a sleep or in another network the connection may be dead without having ended. */
  readonly #onWake = (): void => {
    if (document.visibilityState === 'hidden') return;
    this.#abortIfSilent(channelSilenceMs / 2);
    this.#endPause();
  };

  #abortIfSilent(milliseconds: number): void {
    if (Date.now() - this.#heardAt >= milliseconds) this.#connection?.abort();
  }
}
