/** Only one tab works on documents at a time; another one takes over when it goes away. */

/** Locks exist in secure contexts only; without them each tab works. */
const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;

export class WorkLock {
  readonly #work: string;
  readonly #add: string;

  /** @param database whose documents they are */
  constructor(database: string) {
    this.#work = `${database}:documents:work`;
    this.#add = `${database}:documents:add`;
  }

  /** @param onWait called where another tab works at present: then this waits until that one is done or gone */
  async whileAlone(work: () => Promise<void>, onWait: () => void): Promise<void> {
    if (!locks) return work();
    const isDone = await locks.request(this.#work, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      return lock !== null;
    });
    if (isDone) return;
    onWait();
    await locks.request(this.#work, work);
  }

  /** Several tabs may add files; none is then taken for one that no row names. */
  async whileAdding<Result>(work: () => Promise<Result>): Promise<Result> {
    return locks ? locks.request(this.#add, { mode: 'shared' }, work) : work();
  }

  /** Nothing is done where a tab adds files, or where nobody can tell. */
  async ifNobodyAdds(work: () => Promise<void>): Promise<void> {
    await locks?.request(this.#add, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }
}
