/** Neighbouring chunks as one text: what two of them share comes once. */

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param pieces in order, of one document; between two that do not touch there were blanks only */
export function joinTexts(pieces: readonly Piece[]): { readonly text: string; readonly end: number } {
  let text = '';
  let end = pieces[0]?.start ?? 0;
  for (const piece of pieces) {
    if (piece.start > end) text += piece.start - end > 1 ? '\n\n' : '\n';
    text += piece.text.slice(Math.max(0, end - piece.start));
    end = Math.max(end, piece.end);
  }
  return { text, end };
}
