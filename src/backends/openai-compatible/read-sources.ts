/**
 * The sources that servers name beside an answer, in the forms that are documented in public:
 * `citations` (addresses, or objects) and `search_results` beside the choices (Perplexity, and servers like it),
 * `context.citations` in the message (Azure OpenAI on your data), and `annotations` with `url_citation` (OpenAI's
 * search models, OpenRouter). What has none of these forms is passed over: an answer never fails for its sources.
 */
import type { ServerSource } from '../../core/server-source';

type Fields = Readonly<Record<string, unknown>>;

const mostSources = 100;
const longestText = 20_000;
const longestName = 300;
const longestAddress = 2000;

/** Gathers them over the chunks of one answer; most servers repeat all of them in each. */
export class SourceReader {
  #sources: ServerSource[] = [];

  /** @param chunk as it came. @returns all sources so far where there are more, or more is known; else undefined */
  push(chunk: unknown): readonly ServerSource[] | undefined {
    const before = this.#sources;
    const found = sourcesIn(chunk);
    // The list that the numbers in the text count, then what is known of its entries.
    for (const source of found) this.#take(source);
    return this.#sources === before ? undefined : this.#sources;
  }

  #take(source: ServerSource): void {
    const at = this.#sources.findIndex((known) => isSame(known, source));
    const known = this.#sources[at];
    if (!known) {
      if (this.#sources.length < mostSources) this.#sources = [...this.#sources, source];
      return;
    }
    const whole = { ...source, ...known };
    if (Object.keys(whole).length > Object.keys(known).length) {
      this.#sources = this.#sources.with(at, whole);
    }
  }
}

function isSame(known: ServerSource, other: ServerSource): boolean {
  // Two pieces of one document are two sources.
  if (known.text !== undefined && other.text !== undefined && known.text !== other.text) return false;
  if (known.url !== undefined || other.url !== undefined) return known.url === other.url;
  return known.title === other.title && known.text === other.text;
}

function sourcesIn(chunk: unknown): ServerSource[] {
  const whole = fieldsOf(chunk);
  const [choice] = listOf(whole.choices).map(fieldsOf);
  const messages = [fieldsOf(choice?.delta), fieldsOf(choice?.message)];
  const lists = [
    ...messages.flatMap(({ context }) => listOf(fieldsOf(context).citations)),
    ...messages.flatMap(({ citations }) => listOf(citations)),
    ...listOf(whole.citations),
    ...listOf(whole.search_results),
    ...messages.flatMap(({ annotations }) => listOf(annotations).map(urlCitation)),
  ];
  return lists.flatMap((one) => sourceOf(one) ?? []);
}

function urlCitation(annotation: unknown): unknown {
  const fields = fieldsOf(annotation);
  if (fields.type !== 'url_citation') return undefined;
  return fields.url_citation ?? fields;
}

function sourceOf(value: unknown): ServerSource | undefined {
  if (typeof value === 'string') {
    const name = short(value, longestAddress);
    if (name === undefined) return undefined;
    return /^https?:\/\//i.test(name) ? { url: name } : { title: name.slice(0, longestName) };
  }
  const fields = fieldsOf(value);
  const title = short(fields.title ?? fields.name ?? fields.filepath ?? fields.source, longestName);
  const url = short(fields.url ?? fields.link, longestAddress);
  const text = short(fields.content ?? fields.text ?? fields.snippet, longestText);
  if (title === undefined && url === undefined && text === undefined) return undefined;
  return {
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    ...(text !== undefined && { text }),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function short(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  return trimmed.length > longest ? `${trimmed.slice(0, longest - 1)}…` : trimmed;
}
