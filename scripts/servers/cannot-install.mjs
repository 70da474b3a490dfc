/** A server that cannot be had on this machine: an honest reason, which tests count as skipped. */
export class CannotInstall extends Error {
  /** @override */
  name = 'CannotInstall';
}
