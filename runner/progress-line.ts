/** Progress for people: one line that is written over on a terminal, a line now and then in a log. */
import type { TimeLeft } from '../src/batch/running/time-left';

export interface Standing {
  readonly ended: number;
  readonly failed: number;
  readonly size: number;
  readonly left: TimeLeft | undefined;
}

/** Milliseconds. */
const everyOnTerminal = 500;
const everyInLog = 15_000;

/** @returns ends it, with a last line */
export function tellProgress(
  standing: () => Standing,
  say: (text: string) => void,
  isTerminal: boolean,
): () => void {
  const tell = (): void => say(isTerminal ? `\r\x1b[2K${words(standing())}` : `${words(standing())}\n`);
  const timer = setInterval(tell, isTerminal ? everyOnTerminal : everyInLog);
  return () => {
    clearInterval(timer);
    tell();
    if (isTerminal) say('\n');
  };
}

function words({ ended, failed, size, left }: Standing): string {
  const share = `${ended} of ${size} answers`;
  const failures = failed > 0 ? `, ${failed} failed` : '';
  return (
    share +
    failures +
    (left && ended < size ? `, ${left.isAtLeast ? 'at least ' : 'about '}${duration(left.ms)} left` : '')
  );
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
