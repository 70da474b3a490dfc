/** One model at a time on the graphics card: two would push each other out of its memory, or lose the device. */
export interface GpuResident {
  readonly id: string;
  /** Waits for the answer that is being written. */
  unload(signal: AbortSignal): Promise<void>;
}

export class GpuResidency {
  #resident: GpuResident | undefined;

  /** Unloads whoever is there. Not needed again by the one that is there already. */
  async take(next: GpuResident, signal: AbortSignal): Promise<void> {
    const earlier = this.#resident;
    this.#resident = next;
    if (earlier && earlier.id !== next.id) await earlier.unload(signal);
  }
}
