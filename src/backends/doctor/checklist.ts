/** The doctor's questions as a list that fills while they are asked. */
import type { DoctorStep } from '../../core/diagnosis';

type Outcome = Exclude<DoctorStep['outcome'], 'running'>;

export class Checklist {
  #steps: readonly DoctorStep[] = [];
  readonly #onChange: (steps: readonly DoctorStep[]) => void;

  constructor(onChange: (steps: readonly DoctorStep[]) => void) {
    this.#onChange = onChange;
  }

  get steps(): readonly DoctorStep[] {
    return this.#steps;
  }

  /** Starts the next question. */
  ask(question: string): void {
    this.#put([...this.#steps, { question, outcome: 'running' }]);
  }

  /** Ends the question that was asked last. */
  note(outcome: Outcome, said: string): void {
    const last = this.#steps.at(-1);
    if (last) this.#put([...this.#steps.slice(0, -1), { question: last.question, outcome, said }]);
  }

  #put(steps: readonly DoctorStep[]): void {
    this.#steps = steps;
    this.#onChange(steps);
  }
}
