/** Which documents are searched, in words, and days as a field for dates has them. */
import type { RetrievalFilter } from '../../../core/retrieval';

/** Names that are listed; the others are counted. */
const listed = 3;

/** @param nameOf undefined for a document that is not here any more */
export function filterWords(
  { documentIds, from, until }: RetrievalFilter,
  nameOf: (documentId: string) => string | undefined,
): string {
  const names = documentIds?.map((id) => nameOf(id) ?? 'a file that is not here any more');
  const more = (names?.length ?? 0) - listed;
  return [
    ...(names ? [`only ${names.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`] : []),
    ...(from === undefined ? [] : [`changed or added since ${dayOf(from)}`]),
    ...(until === undefined ? [] : [`changed or added until ${dayOf(until)}`]),
  ].join('; ');
}

/** `2026-11-30`, where the person is. */
export function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** @returns its first millisecond; undefined for no day */
export function beginningOf(day: string): number | undefined {
  const time = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(time) ? undefined : time;
}
