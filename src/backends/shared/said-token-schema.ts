/** The check that a server's token probabilities must pass; apart from their reading, which engines use without it. */
import * as v from 'valibot';

const choice = { token: v.string(), logprob: v.number() };

export const saidTokenSchema = v.object({ ...choice, top_logprobs: v.nullish(v.array(v.object(choice))) });
