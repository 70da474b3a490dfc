/** What the styles of a Word document mean: which are headings, which are lists. */
import { readXml } from '../zip/xml-part';

interface Style {
  name: string;
  basedOn?: string;
  outline?: number;
  numbering?: string;
}

/** Styles are based on others; a damaged file may be based in a circle. */
const mostSteps = 12;

export class DocxStyles {
  readonly #styles = new Map<string, Style>();

  constructor(part: Uint8Array | undefined) {
    let style: Style | undefined;
    readXml(part, {
      open: (name, attributes) => {
        const value = attributes['w:val'];
        if (name === 'w:style') {
          style = { name: '' };
          this.#styles.set(attributes['w:styleId'] ?? '', style);
        }
        if (!style || value === undefined) return;
        // The names of built-in styles are English in every language of the program.
        if (name === 'w:name') style.name = value.toLowerCase();
        else if (name === 'w:basedOn') style.basedOn = value;
        else if (name === 'w:outlineLvl') style.outline = Number(value);
        else if (name === 'w:numId') style.numbering = value;
      },
      close: (name) => {
        if (name === 'w:style') style = undefined;
      },
    });
  }

  /** 1 to 6; undefined for what is no heading. */
  levelOf(id: string | undefined): number | undefined {
    for (const { name, outline } of this.#lineage(id)) {
      const level = /^heading ([1-9])$/.exec(name)?.[1];
      if (level !== undefined) return Math.min(6, Number(level));
      if (name === 'title') return 1;
      if (outline !== undefined) return levelOfOutline(outline);
    }
    return undefined;
  }

  /** The id of its numbering, where the style makes a list. */
  numberingOf(id: string | undefined): string | undefined {
    for (const { numbering } of this.#lineage(id)) if (numbering !== undefined) return numbering;
    return undefined;
  }

  *#lineage(id: string | undefined): Generator<Style> {
    let style = this.#styles.get(id ?? '');
    for (let step = 0; style && step < mostSteps; step++) {
      yield style;
      style = style.basedOn === undefined ? undefined : this.#styles.get(style.basedOn);
    }
  }
}

/** @param outline from 0; 9 is body text (ECMA-376, 17.3.1.20) */
export function levelOfOutline(outline: number): number | undefined {
  return outline >= 0 && outline < 9 ? Math.min(6, outline + 1) : undefined;
}
