/** What Ollama makes of an answer at the end of a conversation: the model goes on with it, or begins a new turn. */

/** Those built into Ollama that leave it open (model/renderers of version 0.17). */
const openRenderers = /^(lfm2|olmo3|qwen3-coder|qwen3-vl)/;

/**
 * Templates are asked by their text, since the server itself does not tell.
 * @param template as `/api/show` gives it
 * @param renderer empty where the template is used
 */
export function leavesLastTurnOpen(template: string, renderer: string): boolean {
  if (renderer !== '') return openRenderers.test(renderer);
  // Without a list of messages, Ollama itself cuts the template after the answer.
  if (!template.includes('.Messages')) return true;
  // Where the end of a turn is written for all but the last message, it is left open.
  return /\bif\s+\(?\s*not\s+\$last\b/.test(template);
}
