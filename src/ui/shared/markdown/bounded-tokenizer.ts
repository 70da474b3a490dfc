/** marked's tokenizer with the one rule tightened that would let a block reach over a blank line. */
import { Tokenizer, type Tokens } from 'marked';

const blankLine = /\n[ \t]*\n/;
const opensLabel = /^ {0,3}\[/;

export class BoundedTokenizer extends Tokenizer {
  /**
   * CommonMark ends a link definition at a blank line, titles included. marked reads on to the next quote,
   * which would make a paragraph change long after it was finished.
   */
  override def(source: string): Tokens.Def | undefined {
    if (!opensLabel.test(source)) return undefined;
    const end = source.search(blankLine);
    return super.def(end < 0 ? source : source.slice(0, end + 1));
  }
}
