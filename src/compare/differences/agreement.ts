/** Something that answers say, and which of them do. */
import { groupBy } from '../../platform/group-by';

export interface Agreement {
  /** As the first of them says it. */
  readonly text: string;
  /** Places of the answers that say it, in order. */
  readonly saidBy: readonly number[];
}

export interface Said {
  readonly key: string;
  readonly text: string;
}

/**
 * What has the same key is the same. In the order in which it is said first.
 * @param answers what each answer says
 */
export function agreementOf(answers: readonly (readonly Said[])[]): Agreement[] {
  const all = answers.flatMap((said, place) => said.map((one) => ({ ...one, place })));
  return [...groupBy(all, ({ key }) => key).values()].map((group) => ({
    text: group[0]?.text ?? '',
    saidBy: [...new Set(group.map(({ place }) => place))],
  }));
}
