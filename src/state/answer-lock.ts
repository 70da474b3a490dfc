/** Tells a running answer of another tab from one whose tab went away: the tab that streams holds a Web Lock. */

const nameOf = (messageId: string): string => `switchyard:answer:${messageId}`;

/** Locks exist in secure contexts only; without them every unfinished answer counts as abandoned. */
const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;

/** Runs `work` while this tab is known as the owner of the answer. */
export async function whileOwning<Result>(messageId: string, work: () => Promise<Result>): Promise<Result> {
  return locks ? locks.request(nameOf(messageId), work) : work();
}

/** The same, unless a tab, perhaps this one, owns it: then nothing is done. */
export async function ifUnowned(messageId: string, work: () => Promise<void>): Promise<void> {
  if (!locks) return work();
  await locks.request(nameOf(messageId), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
