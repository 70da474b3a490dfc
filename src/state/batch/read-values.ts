/** Values of a setting to try, as typed: `0, 0.7, 1`; also true, false and words such as low, as JSON or bare. */

type Value = number | boolean | string;

/** Undefined where one of them is none. */
export function readValues(text: string): Value[] | undefined {
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readValue);
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? known : undefined;
}

function readValue(part: string): Value | undefined {
  if (part === 'true' || part === 'false') return part === 'true';
  const number = Number(part);
  if (Number.isFinite(number)) return number;
  return /^"?(low|medium|high)"?$/.test(part) ? part.replaceAll('"', '') : undefined;
}
