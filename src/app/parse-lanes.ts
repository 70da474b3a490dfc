/** `lanes=BACKEND:MODEL,BACKEND:MODEL&prompt=…`: a set of lanes as an address, so that it can be handed on. */
import { type LaneSetup, mostLanes } from '../core/comparison';

export interface LaneSet {
  readonly lanes: readonly LaneSetup[];
  readonly prompt?: string;
}

/** Undefined where no lane is named. A colon or comma of a model's own is written `%3A`, `%2C`; colons may stay. */
export function parseLanes(query: string): LaneSet | undefined {
  const parts = query.split('&').map((part) => part.split(/=(.*)/s));
  const valueOf = (name: string): string | undefined => parts.find(([key]) => key === name)?.[1];
  const lanes = (valueOf('lanes') ?? '').split(',').flatMap((text): LaneSetup[] => {
    const [backendId = '', modelId = ''] = decode(text).split(/:(.*)/s);
    return backendId && modelId ? [{ backendId, modelId }] : [];
  });
  if (lanes.length === 0) return undefined;
  const prompt = valueOf('prompt');
  return { lanes: lanes.slice(0, mostLanes), ...(prompt && { prompt: decode(prompt.replaceAll('+', ' ')) }) };
}

/** The same set as an address. */
export function lanesQuery({ lanes, prompt }: LaneSet): string {
  const list = lanes.map(({ backendId, modelId }) => encodeURIComponent(`${backendId}:${modelId}`)).join(',');
  return `lanes=${list}${prompt ? `&prompt=${encodeURIComponent(prompt)}` : ''}`;
}

/** Text that is no valid escape stays as it was typed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
