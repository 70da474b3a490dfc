/** The order in which subjects are measured. */

/**
 * Every other round goes backwards, so that nobody always runs on a warm machine, or always after the same one.
 * @template Subject
 * @param {readonly Subject[]} subjects
 * @param {number} round from 0
 * @returns {readonly Subject[]}
 */
export function inTurns(subjects, round) {
  return round % 2 === 0 ? subjects : subjects.toReversed();
}
