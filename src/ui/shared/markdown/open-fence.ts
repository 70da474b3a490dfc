/** A code fence that is still being written: takes new lines without reading the old ones again. */
import { appendLines, toChunks } from './code-chunks';
import type { CodeChunks, CodeNode } from './markdown-node';
import { languageOf } from './read-block';

const opener = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;
/** A last line that may become the closing fence is not shown as code. */
const maybeCloser = /^ {0,3}(?:`+|~+)$/;

export class OpenFence {
  #chunks: CodeChunks = [];
  /** Where in the source the first line begins that is not complete yet. */
  #offset: number;
  readonly #language: string;
  readonly #indent: RegExp;
  readonly #closer: RegExp;

  private constructor(match: RegExpExecArray) {
    const [line, indent = '', marker = '', info = ''] = match;
    this.#offset = line.length;
    this.#language = languageOf(info);
    this.#indent = new RegExp(`^ {0,${indent.length}}`);
    this.#closer = new RegExp(`^ {0,3}${marker.slice(0, 1)}{${marker.length},} *$`);
  }

  /** @returns undefined when the source does not begin with a complete opening line */
  static from(source: string): OpenFence | undefined {
    const match = opener.exec(source);
    return match === null ? undefined : new OpenFence(match);
  }

  /**
   * @param source the same text as in `from`, grown at its end
   * @returns false once the closing fence is complete
   */
  isOpenAfter(source: string): boolean {
    const end = source.lastIndexOf('\n') + 1;
    if (end <= this.#offset) return true;
    const lines = source.slice(this.#offset, end - 1).split('\n');
    if (lines.some((line) => this.#closer.test(line))) return false;
    this.#offset = end;
    this.#chunks = appendLines(this.#chunks, lines.map(this.#dedent));
    return true;
  }

  /** The block as far as it is known, the incomplete last line included. */
  node(source: string): CodeNode {
    const rest = source.slice(this.#offset);
    const isEmpty = rest === '' || maybeCloser.test(rest);
    const chunks = isEmpty ? this.#chunks : appendLines(this.#chunks, [this.#dedent(rest)]);
    return {
      type: 'code',
      // Never equal to the source of a finished block, which is read by the lexer.
      raw: '',
      language: this.#language,
      chunks: chunks.length === 0 ? toChunks('') : chunks,
    };
  }

  #dedent = (line: string): string => line.replace(this.#indent, '');
}
