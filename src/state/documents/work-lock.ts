/** Only one tab works on documents at a time; another one takes over when it goes away. */

const workName = 'switchyard:documents:work';
const addName = 'switchyard:documents:add';

/** Locks exist in secure contexts only; without them each tab works. */
const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;

/** @param onWait called where another tab works at present: then this waits until that one is done or gone */
export async function whileAlone(work: () => Promise<void>, onWait: () => void): Promise<void> {
  if (!locks) return work();
  const isDone = await locks.request(workName, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
  if (isDone) return;
  onWait();
  await locks.request(workName, work);
}

/** Several tabs may add files; none is then taken for one that no row names. */
export async function whileAdding<Result>(work: () => Promise<Result>): Promise<Result> {
  return locks ? locks.request(addName, { mode: 'shared' }, work) : work();
}

/** Nothing is done where a tab adds files, or where nobody can tell. */
export async function ifNobodyAdds(work: () => Promise<void>): Promise<void> {
  await locks?.request(addName, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
