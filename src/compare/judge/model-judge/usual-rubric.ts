/** What a model that judges is to go by, unless the person writes something else. */
export const usualRubric = `Correct: what it says is true, and nothing needed is missing.
Helpful: it does what the prompt asks, in the form and language that were asked for.
Clear: it is easy to follow and no longer than it has to be. Length by itself is no merit.`;
