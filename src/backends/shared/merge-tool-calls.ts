/** Tool calls that arrive in pieces, put together. Servers differ in all that could differ (FEATURES 5.5). */
import * as v from 'valibot';
import type { ToolCallEvent } from '../../core/chat-event';

const functionSchema = v.object({
  name: v.nullish(v.string(), ''),
  /** Text in pieces by the protocol; an object from servers that hand on what the model's template made. */
  arguments: v.nullish(v.union([v.string(), v.record(v.string(), v.unknown())]), ''),
});

export const toolCallDeltasSchema = v.nullish(
  v.array(
    v.object({
      index: v.nullish(v.number()),
      id: v.nullish(v.string(), ''),
      function: v.nullish(functionSchema),
    }),
  ),
  [],
);

export interface ToolCallDelta {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly function?: {
    readonly name?: string | null;
    readonly arguments?: string | Readonly<Record<string, unknown>> | null;
  } | null;
}

interface OpenCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

export interface ToolCallMerger {
  push(deltas: readonly ToolCallDelta[]): void;
  readonly isEmpty: boolean;
  /** Whether the arguments of every call are whole JSON. */
  readonly isWhole: boolean;
  /** All calls in the order of their first piece. */
  calls(): ToolCallEvent[];
}

export function createToolCallMerger(): ToolCallMerger {
  const open: OpenCall[] = [];

  /** By index; without one, an id or a name that is not the last one's begins another call. */
  function callOf({ index, id, function: part }: ToolCallDelta): OpenCall {
    const last = open.at(-1);
    const same =
      typeof index === 'number'
        ? open.find((call) => call.index === index)
        : id
          ? open.find((call) => call.id === id)
          : part?.name && last?.name
            ? undefined
            : last;
    if (same) return same;
    const call: OpenCall = { index: index ?? undefined, id: '', name: '', arguments: '' };
    open.push(call);
    return call;
  }

  return {
    push(deltas) {
      for (const delta of deltas) {
        const call = callOf(delta);
        // llama-cpp-python says id and name again with every piece.
        call.id ||= delta.id ?? '';
        call.name ||= delta.function?.name ?? '';
        const given = delta.function?.arguments ?? '';
        call.arguments += typeof given === 'string' ? given : JSON.stringify(given);
      }
    },
    get isEmpty() {
      return open.length === 0;
    },
    get isWhole() {
      return open.every((call) => isJson(call.arguments || '{}'));
    },
    calls: () =>
      open.map((call, position) => ({
        type: 'tool-call',
        id: call.id || madeUpCallId(position),
        name: call.name,
        arguments: call.arguments || '{}',
      })),
  };
}

/** For servers that give none. Unique within an answer is enough: results follow the answer that asked. */
export function madeUpCallId(position: number): string {
  return `call_${position}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
