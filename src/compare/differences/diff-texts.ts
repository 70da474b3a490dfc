/** What was taken out of one text and put into it to make another. */
import { diffArrays } from 'diff';
import { sentencesOf, wordsOf } from './segments';

export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Steps of Myers' algorithm (“An O(ND) Difference Algorithm”, 1986), whose work grows with their square. Texts that are
 * further apart have so little in common that words tell nothing any more.
 */
const mostEdits = 1500;

/** `same` and `removed` parts together are the first text, `same` and `added` ones the second. */
export function diffTexts(from: string, to: string): DiffPart[] {
  const parts = diffSegments(wordsOf(from), wordsOf(to)) ?? diffSegments(sentencesOf(from), sentencesOf(to));
  return foldSpaces(
    parts ?? [
      { kind: 'removed', text: from },
      { kind: 'added', text: to },
    ],
  );
}

/** Undefined where they are too far apart. */
function diffSegments(from: readonly string[], to: readonly string[]): DiffPart[] | undefined {
  const changes = diffArrays([...from], [...to], { maxEditLength: mostEdits });
  return changes?.map(({ added, removed, value }) => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') };
  });
}

/** A space between two changed words did not change, but three changes in a row read worse than one. */
function foldSpaces(parts: readonly DiffPart[]): DiffPart[] {
  const folded: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed) folded.push({ kind: 'removed', text: removed });
    if (added) folded.push({ kind: 'added', text: added });
    removed = added = '';
  };
  parts.forEach(({ kind, text }, index) => {
    const isBetween = (removed || added) && parts[index + 1] !== undefined && text.trim() === '';
    if (kind !== 'added' && (kind === 'removed' || isBetween)) removed += text;
    if (kind !== 'removed' && (kind === 'added' || isBetween)) added += text;
    if (kind !== 'same' || isBetween) return;
    flush();
    folded.push({ kind, text });
  });
  flush();
  return folded;
}
