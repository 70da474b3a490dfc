/** The relay's log: one JSON object per line on stderr. Never a body, a key, a cookie or a query. */
import pino from 'pino';
import type { LogLevel } from '../settings/settings';

export type Log = pino.Logger;

/** `destination` is for tests; stdout stays free for the one line that says that the relay is ready. */
export function openLog(
  level: LogLevel,
  destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  return pino(
    {
      level: level === 'off' ? 'silent' : level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
