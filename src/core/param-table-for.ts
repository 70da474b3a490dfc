/** What settings a backend understands in one way of asking: a plain text goes another way than a chat. */
import type { Backend } from './backend';
import type { ParamTable } from './params';

/** @param isPlain the model has no chat template, or is to be asked without it */
export function paramTableFor(
  { params, plainParams = params }: Pick<Backend, 'params' | 'plainParams'>,
  isPlain: boolean,
): ParamTable {
  return isPlain ? plainParams : params;
}
