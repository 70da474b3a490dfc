/** The library's streamer and stopping rule in one: turns tokens into events and says when it is enough. */
import { type PreTrainedTokenizer, StoppingCriteria, TextStreamer } from '@huggingface/transformers';
import type { EngineEvent } from '../shared/engine';
import { createThinkSplitter } from '../shared/think-tags';
import type { TokenOdds } from './sampling/token-odds';
import { StopStrings } from '../shared/stop-strings';
import { TokenText } from './token-text';

/** A TextStreamer by type only, because the library's settings ask for one: nothing of its own is used. */
export class TokenStream extends TextStreamer {
  readonly tokens: number[] = [];
  firstTokenAt: number | undefined;
  readonly #text: TokenText;
  readonly #stops: StopStrings;
  readonly #thoughts = createThinkSplitter();
  #isPrompt = true;

  constructor(
    tokenizer: PreTrainedTokenizer,
    stops: readonly string[],
    private readonly onEvents: (events: readonly EngineEvent[]) => void,
  ) {
    super(tokenizer);
    this.#text = new TokenText((tokens) => tokenizer.decode(tokens, { skip_special_tokens: true }));
    this.#stops = new StopStrings(stops);
  }

  get isStopped(): boolean {
    return this.#stops.isStopped;
  }

  /** Called first with the prompt, then with one token at a time. */
  override put(batch: bigint[][]): void {
    if (this.#isPrompt) {
      this.#isPrompt = false;
      return;
    }
    this.firstTokenAt ??= performance.now();
    for (const token of batch[0] ?? []) {
      this.tokens.push(Number(token));
      this.#show(this.#stops.push(this.#text.push(Number(token))));
    }
  }

  readonly reportOdds = (token: number, { probabilityOf, top }: TokenOdds): void => {
    const choice = (one: number) => ({
      // Special tokens too: that the answer may end here is one of the alternatives.
      text: this.tokenizer.decode([one], { skip_special_tokens: false }),
      probability: probabilityOf(one),
    });
    const alternatives = top.map((candidate) => choice(candidate.token));
    this.onEvents([{ type: 'token-probabilities', tokens: [{ ...choice(token), alternatives }] }]);
  };

  override end(): void {
    this.#show(this.#stops.push(this.#text.finish()));
    this.#show(this.#stops.finish());
    this.onEvents([...this.#thoughts.flush()]);
  }

  #show(text: string): void {
    if (text) this.onEvents([...this.#thoughts.push(text)]);
  }
}

export class StopWhen extends StoppingCriteria {
  constructor(private readonly isEnough: () => boolean) {
    super();
  }

  override _call(ids: unknown[][]): boolean[] {
    return ids.map(() => this.isEnough());
  }
}
