/** What a person should know of the wish to think before it is sent: models differ where their backend's table cannot. */
import type { ThinkingControl } from '../core/backend';
import type { Params } from '../core/params';

/** @param model its name, whether it thinks at all (absent where unknown), and how it can be asked */
export function thinkingNote(
  thinking: Params['thinking'],
  model: { name: string; thinks: boolean | undefined; control: ThinkingControl | undefined },
): string | undefined {
  const { name, thinks, control } = model;
  if (thinks === false) return `${name} does not think: to ask for it is ignored or refused.`;
  if (control === 'degrees' && typeof thinking === 'boolean') {
    return `${name} always thinks: on and off are ignored, choose a degree.`;
  }
  if (control === 'switch' && typeof thinking === 'string') {
    return `${name} knows on and off only: a degree is sent as on.`;
  }
  if (control === 'none') return `${name} cannot be asked to think or not: this is ignored.`;
  if (thinking !== undefined && control === undefined && thinks === undefined)
    return `Whether ${name} can be asked to think is not known: where it cannot, this is ignored or refused.`;
  return undefined;
}
