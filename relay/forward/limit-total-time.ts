/** Gives an exchange up that takes longer than the operator allows, whether or not bytes still come. */
import type { RelayError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { Exchange } from './exchange';

const tooLong: RelayError = {
  status: 504,
  code: 'timeout',
  message: 'The request took longer than RELAY_TOTAL_TIMEOUT_MS allows.',
  closes: true,
};

export function limitTotalTime(exchange: Exchange, outgoing: ReplySink, limitMs: number): void {
  const timer = setTimeout(() => exchange.giveUp(tooLong), limitMs);
  outgoing.on('close', () => clearTimeout(timer));
}
