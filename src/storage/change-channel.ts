/** Tells everyone who shows rows of a table that it changed: in this tab and in the others. */
import type { Table } from './schema';

interface Channel {
  readonly broadcast: BroadcastChannel;
  readonly listeners: Set<(tables: readonly Table[]) => void>;
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
  const { listeners } = channelOf(database);
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
  const listeners: Channel['listeners'] = new Set();
  broadcast.onmessage = ({ data }: MessageEvent<readonly Table[]>) => {
    for (const listener of listeners) listener(data);
  };
  const channel = { broadcast, listeners };
  channels.set(database, channel);
  return channel;
}
