/** The browser's sessions: one that keeps the model in memory, and the last conversation's, which can go on. */
import type { ConversationPlan } from './conversation-plan';
import type { LanguageModelFactory } from './language-model';
import { textOnly } from '../../platform/built-in-model';

export class SessionKeeper {
  #base: LanguageModel | undefined;
  #inUse = new Set<LanguageModel>();
  #last: { readonly session: LanguageModel; readonly conversation: string } | undefined;

  get base(): LanguageModel | undefined {
    return this.#base;
  }

  /** Of two loads at once, the later session takes the place of the earlier. */
  keepBase(session: LanguageModel): void {
    this.#base?.destroy();
    this.#base = session;
  }

  /** A session that has read the plan's history: the last one if it has, otherwise a new one. */
  async take(
    factory: LanguageModelFactory,
    plan: ConversationPlan,
    signal: AbortSignal,
  ): Promise<LanguageModel> {
    const last = this.#last;
    this.#last = undefined;
    const session =
      last?.conversation === nameOf(plan) ? last.session : await this.#create(factory, plan, signal);
    if (session !== last?.session) last?.session.destroy();
    this.#inUse.add(session);
    return session;
  }

  /** @param answer the whole answer, after which the session can read on; absent where it was cut short */
  giveBack(session: LanguageModel, plan: ConversationPlan, answer?: string): void {
    this.#inUse.delete(session);
    if (answer === undefined || !this.#base) return session.destroy();
    this.#last?.session.destroy();
    const turns = [
      { role: 'user', content: plan.question },
      { role: 'assistant', content: answer },
    ];
    const history = [...plan.history, ...turns] as ConversationPlan['history'];
    this.#last = { session, conversation: nameOf({ ...plan, history }) };
  }

  /** What answers now may finish. */
  unload(): void {
    this.#base?.destroy();
    this.#last?.session.destroy();
    this.#base = undefined;
    this.#last = undefined;
  }

  /** Ends everything at once. */
  end(): void {
    this.unload();
    for (const session of this.#inUse) session.destroy();
    this.#inUse.clear();
  }

  #create(
    factory: LanguageModelFactory,
    { history, samplingMode }: ConversationPlan,
    signal: AbortSignal,
  ): Promise<LanguageModel> {
    const sampling = samplingMode && { samplingMode };
    return factory.create({ ...textOnly, initialPrompts: history, signal, ...sampling });
  }
}

/** What a session is made of; its sampling cannot be changed later. */
function nameOf({ history, samplingMode }: ConversationPlan): string {
  return JSON.stringify([samplingMode ?? null, history]);
}
