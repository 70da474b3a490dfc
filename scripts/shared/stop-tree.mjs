/** Ends a program together with everything it started. */
import { spawnSync } from 'node:child_process';

/**
 * @param {number} pid of a child that was spawned with `detached` (outside Windows), hence leads its group
 * @param {NodeJS.Signals} signal
 */
export function stopTree(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
