/** What a person typed about a search elsewhere, and the address that it makes. */
import type { SearchAddress } from '../../../core/document';

export interface SearchForm {
  /** `direct`, or the relay's id of a search. */
  place: string;
  url: string;
  method: 'GET' | 'POST';
  question: string;
  count: string;
  results: string;
  text: string;
  source: string;
  link: string;
  score: string;
}

interface RelaySearch {
  readonly id: string;
  readonly label: string;
}

const relayPath = '/api/searches/';

export function emptyForm(searches: readonly RelaySearch[]): SearchForm {
  return {
    place: searches[0]?.id ?? 'direct',
    url: '',
    method: 'POST',
    question: 'query',
    count: '',
    results: 'results',
    text: 'text',
    source: 'source',
    link: 'url',
    score: 'score',
  };
}

export function formOf(address: SearchAddress): SearchForm {
  const isRelayed = address.via === 'relay';
  return {
    place: isRelayed ? decodeURIComponent(address.url.slice(relayPath.length)) : 'direct',
    url: isRelayed ? '' : address.url,
    method: address.method,
    question: address.questionField,
    count: address.countField ?? '',
    results: address.resultsPath,
    text: address.textPath,
    source: address.sourcePath ?? '',
    link: address.urlPath ?? '',
    score: address.scorePath ?? '',
  };
}

/** @returns undefined while something is missing */
export function addressOf(form: SearchForm, searches: readonly RelaySearch[]): SearchAddress | undefined {
  const place = placeOf(form, searches);
  const questionField = form.question.trim();
  if (!place || questionField === '') return undefined;
  const [countField, sourcePath, urlPath, scorePath] = [form.count, form.source, form.link, form.score].map(
    (typed) => typed.trim() || undefined,
  );
  return {
    kind: 'search-address',
    ...place,
    method: form.method,
    questionField,
    resultsPath: form.results.trim(),
    textPath: form.text.trim(),
    ...(countField !== undefined && { countField }),
    ...(sourcePath !== undefined && { sourcePath }),
    ...(urlPath !== undefined && { urlPath }),
    ...(scorePath !== undefined && { scorePath }),
  };
}

function placeOf(
  { place, url }: SearchForm,
  searches: readonly RelaySearch[],
): Pick<SearchAddress, 'label' | 'url' | 'via'> | undefined {
  if (place !== 'direct') {
    // One that the relay names no more is kept as it is: the relay may be away.
    const label = searches.find(({ id }) => id === place)?.label ?? place;
    return { label, url: relayPath + encodeURIComponent(place), via: 'relay' };
  }
  const parsed = URL.parse(url.trim());
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return undefined;
  return { label: parsed.host, url: parsed.href, via: 'direct' };
}
