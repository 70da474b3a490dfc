/** Ends the process in which an Ollama that the project started runs its model, as a crash would. */
import { execFileSync } from 'node:child_process';

/** The number of that Ollama's own process, where the tests know it. */
export const ollamaPid = process.platform === 'win32' ? undefined : process.env.OLLAMA_LIVE_PID;

/** @throws Error when it runs none */
export function endRunner(): void {
  const rows = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split(
    '\n',
  );
  const runners = rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((row) => row?.[2] === ollamaPid && / runner /.test(row?.[3] ?? ''));
  if (runners.length === 0) throw new Error('Ollama runs no model.');
  for (const runner of runners) process.kill(Number(runner?.[1]), 'SIGKILL');
}
