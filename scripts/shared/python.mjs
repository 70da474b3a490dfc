/** Finds a Python 3 under the names it goes by on Linux, macOS and Windows. */
import { run } from './run.mjs';

/**
 * @param {{ atLeast?: number, below?: number, names?: readonly string[] }} [wanted] minor versions of 3.x
 * @returns {Promise<string | undefined>} a command, or undefined when there is none
 */
export async function findPython({ atLeast = 8, below = 100, names = ['python3', 'python', 'py'] } = {}) {
  for (const name of names) {
    const { code, output } = await run(name, ['--version'], { output: 'capture', timeoutMs: 20_000 });
    const minor = Number(/^Python 3\.(\d+)/m.exec(output)?.[1]);
    if (code === 0 && minor >= atLeast && minor < below) return name;
  }
  return undefined;
}
