/** Collects the cells of a table and writes its rows, each with the names of its columns. */
import { rowText } from './row-text';
import type { TextBuilder } from './text-builder';

interface Cell {
  text: string;
  readonly isName: boolean;
}

export class TableRows {
  #names: readonly string[] = [];
  #row: Cell[] | undefined;

  constructor(private readonly out: TextBuilder) {}

  startRow(): void {
    this.endRow();
    this.#row = [];
  }

  /** @param isName it names its column or its row */
  startCell(isName: boolean): void {
    this.#row ??= [];
    this.#row.push({ text: '', isName });
  }

  /** @returns false outside a cell, as in a caption */
  addToCell(text: string): boolean {
    const cell = this.#row?.at(-1);
    if (!cell) return false;
    cell.text += cell.text === '' ? text : ` ${text}`;
    return true;
  }

  endRow(): void {
    const row = this.#row ?? [];
    this.#row = undefined;
    if (row.length === 0) return;
    const fields = row.map(({ text }) => text);
    if (row.every(({ isName }) => isName)) {
      this.#names = fields;
      this.out.add('table-row', rowText([], fields));
    } else this.out.add('table-row', rowText(this.#names, fields));
  }

  end(): void {
    this.endRow();
  }
}
