/** The date and time, which no model can know. */
import type { BuiltInTool } from './built-in-tool';

export const dateTime: BuiltInTool = {
  name: 'current_date_time',
  label: 'Date and time',
  explanation: 'This device’s clock, in its own or any other time zone.',
  description: 'Tells the current date, weekday and time, here or in a given time zone.',
  parameters: {
    type: 'object',
    properties: {
      time_zone: {
        type: 'string',
        description: 'IANA name such as Europe/Berlin or UTC. Leave it out for the time zone of the user.',
      },
    },
  },
  run({ time_zone: zone }) {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return tellTime(new Date(), typeof zone === 'string' && zone.trim() !== '' ? zone.trim() : here);
  },
};

/**
 * For example `Wednesday, 25 November 2026, 14:03:22 (Europe/Berlin, UTC+01:00)`.
 * @throws Error where the time zone is not known
 */
export function tellTime(at: Date, timeZone: string): string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
  } catch {
    throw new Error(`“${timeZone}” is not a known time zone. Use an IANA name such as Europe/Berlin.`);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { weekday = '', day = '', month = '', year = '', hour = '', minute = '', second = '' } = part;
  // Engines write UTC itself as GMT, with or without zeros.
  const offset = (part['timeZoneName'] ?? '').slice('GMT'.length) || '+00:00';
  return `${weekday}, ${day} ${month} ${year}, ${hour}:${minute}:${second} (${timeZone}, UTC${offset})`;
}
