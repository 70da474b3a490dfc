/** A run as a comparison with one lane that was asked already: there it can be read, and run again. */

/** What comes out of `JSON.parse`; nothing of it was checked. */
type Loose = Readonly<Record<string, unknown>>;

const ids = { comparison: 'run', lane: 'lane', conversation: 'conversation' } as const;

/** In the shape of an exported comparison, and as unchecked as the manifest: whoever reads that checks it. */
export function comparisonOfManifest(manifest: Loose): Loose {
  const request = loose(manifest['request']);
  const all = list(request['messages']);
  const system = all.find(({ role }) => role === 'system')?.['text'];
  const { retrieval } = manifest;
  const told = withQuestion(
    all.filter(({ role }) => role !== 'system'),
    loose(retrieval)['question'],
  );
  const place = placeOf(manifest);
  const earlier = told.map((message, index) => rowOf(message, index, place));
  const question = textOf(told.findLast(({ role }) => role === 'user'));
  const own = { params: request['params'], systemPrompt: system ?? '' };
  const times = { createdAt: place['createdAt'], updatedAt: place['createdAt'] };
  const named = { title: question.slice(0, 60) || 'A run', isTitleChosen: false, ...times };
  return {
    comparison: {
      ...named,
      id: ids.comparison,
      lanes: [
        {
          id: ids.lane,
          conversationId: ids.conversation,
          backendId: place['backendId'],
          modelId: place['modelId'],
          own,
        },
      ],
      common: { params: {}, systemPrompt: '' },
      mode: 'by-resource',
      scrollsTogether: false,
    },
    conversations: [{ ...named, id: ids.conversation, comparisonId: ids.comparison, leafId: 'answer' }],
    messages: [...earlier, answerOf(manifest, earlier, system)],
  };
}

/** What all answers of the run have in common. */
function placeOf({ model: givenModel, engine: givenEngine, askedAt }: Loose): Loose {
  const [model, engine] = [loose(givenModel), loose(givenEngine)];
  const time = typeof askedAt === 'string' ? Date.parse(askedAt) : NaN;
  return {
    conversationId: ids.conversation,
    createdAt: Number.isNaN(time) ? 0 : time,
    backendId: engine['backendId'],
    backendLabel: engine['label'] ?? engine['backendId'],
    modelId: model['id'],
    modelLabel: model['label'] ?? model['id'],
  };
}

function rowOf(message: Loose, position: number, place: Loose): Loose {
  const row = { id: idAt(position), parentId: position > 0 ? idAt(position - 1) : null, position };
  const { conversationId, createdAt } = place;
  switch (message['role']) {
    case 'assistant':
      return { ...place, ...message, ...row, state: 'done', reasoning: '' };
    case 'tool':
      return { conversationId, createdAt, answeredBy: 'person', ...message, ...row };
    default:
      return { conversationId, createdAt, ...message, ...row };
  }
}

function idAt(position: number): string {
  return `message ${position}`;
}

function answerOf(manifest: Loose, earlier: readonly Loose[], system: unknown): Loose {
  const { effects, usage, timings, measurement, circumstances, retrieval } = manifest;
  const { contextLength, digest, source, quantization, templateDigest } = loose(manifest['model']);
  const { kind, version, runsOn } = loose(manifest['engine']);
  const { tools, promptFormat, continues } = loose(manifest['request']);
  const { text, reasoning = '', toolCalls, state, endReason, error } = loose(manifest['answer']);
  const place = placeOf(manifest);
  const begun = continues === true ? earlier.at(-1) : undefined;
  const row = {
    ...place,
    id: 'answer',
    // What continues a text stands beside it.
    parentId: begun ? begun['parentId'] : (earlier.at(-1)?.['id'] ?? null),
    position: earlier.length,
    role: 'assistant',
    ...{ text, reasoning, toolCalls, state, endReason, error, runsOn, contextLength },
    ...{ effects, usage, timings, measurement, circumstances, retrieval },
    provenance: {
      ...{ kind, version, digest, source, quantization, templateDigest, tools },
      ...(promptFormat === 'plain' && { isPlain: true }),
    },
    ...(system !== undefined && { systemPrompt: { text: system } }),
    ...(begun && {
      continuedFrom: {
        messageId: begun['id'],
        modelLabel: place['modelLabel'],
        length: textOf(begun).length,
      },
    }),
  };
  return withoutUndefined(row);
}

/** As it was typed: the passages that it was sent with stand in what was found. */
function withQuestion(messages: readonly Loose[], question: unknown): readonly Loose[] {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  return question === undefined
    ? messages
    : messages.map((message, index) => (index === at ? { ...message, text: question } : message));
}

function textOf(message: Loose | undefined): string {
  const text = message?.['text'];
  return typeof text === 'string' ? text : '';
}

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map(loose) : [];
}

/** JSON knows none. */
function withoutUndefined(row: Loose): Loose {
  return loose(JSON.parse(JSON.stringify(row)));
}
