/** Counts the items of a Word document's lists, as Word does when it shows them. */
import { readXml } from '../zip/xml-part';

interface Level {
  format: string;
  start: number;
}
type Levels = Map<number, Level>;

export class DocxNumbering {
  readonly #levels = new Map<string, Levels>();
  readonly #abstractOf = new Map<string, string>();
  readonly #counts = new Map<string, number[]>();

  constructor(part: Uint8Array | undefined) {
    let levels: Levels | undefined;
    let level: Level | undefined;
    let numbering: string | undefined;
    readXml(part, {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'w:abstractNum') {
          levels = new Map();
          this.#levels.set(attributes['w:abstractNumId'] ?? '', levels);
        } else if (name === 'w:lvl') {
          level = { format: 'bullet', start: 1 };
          levels?.set(Number(attributes['w:ilvl'] ?? 0), level);
        } else if (name === 'w:numFmt' && level) level.format = value;
        else if (name === 'w:start' && level) level.start = Number(value);
        else if (name === 'w:num') {
          numbering = attributes['w:numId'];
          levels = undefined;
        } else if (name === 'w:abstractNumId' && numbering !== undefined)
          this.#abstractOf.set(numbering, value);
      },
      close: (name) => {
        if (name === 'w:lvl') level = undefined;
      },
    });
  }

  /** Of the next item. @param depth from 0 */
  next(numbering: string, depth: number): string {
    const abstract = this.#abstractOf.get(numbering) ?? '';
    const level = this.#levels.get(abstract)?.get(depth);
    const counts = this.#counts.get(abstract) ?? [];
    this.#counts.set(abstract, counts);
    const number = (counts[depth] ?? (level?.start ?? 1) - 1) + 1;
    counts.length = depth;
    counts[depth] = number;
    if (level?.format === 'decimal') return `${number}.`;
    if (level?.format === 'lowerLetter' && number <= 26) return `${String.fromCharCode(96 + number)})`;
    if (level?.format === 'upperLetter' && number <= 26) return `${String.fromCharCode(64 + number)}.`;
    return '-';
  }
}
