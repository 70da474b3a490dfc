/** Tells everyone who shows rows of a table that it changed: in this tab and in the others. */
import type { Table } from './schema';

type Listener = (tables: readonly Table[]) => void;

interface Channel {
  readonly broadcast: BroadcastChannel;
  readonly listeners: Set<Listener>;
  /** Of those who know what this tab does. */
  readonly elsewhere: Set<Listener>;
}

/** By name of the database; open as long as the page, as the database is. */
const channels = new Map<string, Channel>();

export function announceChange(database: string, tables: readonly Table[]): void {
  const { broadcast, listeners } = channelOf(database);
  for (const listener of listeners) listener(tables);
  // It reaches every tab but this one.
  broadcast.postMessage(tables);
}

/** @returns ends the listening */
export function listenForChanges(database: string, table: Table, onChange: () => void): () => void {
  return listen(channelOf(database).listeners, table, onChange);
}

/** Milliseconds in which many changes of another tab count as one: each means to read the whole table. */
const gatherFor = 500;

/** Only those made in another tab. @returns ends the listening */
export function listenElsewhere(database: string, table: Table, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gather = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, gatherFor);
  };
  const stop = listen(channelOf(database).elsewhere, table, gather);
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function listen(listeners: Set<Listener>, table: Table, onChange: () => void): () => void {
  const listener = (tables: readonly Table[]): void => {
    if (tables.includes(table)) onChange();
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function channelOf(database: string): Channel {
  const known = channels.get(database);
  if (known) return known;
  const broadcast = new BroadcastChannel(`${database} changes`);
  const listeners = new Set<Listener>();
  const elsewhere = new Set<Listener>();
  broadcast.onmessage = ({ data }: MessageEvent<readonly Table[]>) => {
    for (const listener of [...listeners, ...elsewhere]) listener(data);
  };
  const channel = { broadcast, listeners, elsewhere };
  channels.set(database, channel);
  return channel;
}
