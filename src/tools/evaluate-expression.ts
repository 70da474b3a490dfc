/**
 * The value of an arithmetic expression, by recursive descent. A model writes what is read here, so there are numbers,
 * the operations below and nothing else: no names to reach, no code to run.
 */

const functions: ReadonlyMap<string, (...values: number[]) => number> = new Map([
  ['abs', Math.abs],
  ['sqrt', Math.sqrt],
  ['cbrt', Math.cbrt],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
  ['trunc', Math.trunc],
  ['sign', Math.sign],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['asin', Math.asin],
  ['acos', Math.acos],
  ['atan', Math.atan],
  ['min', Math.min],
  ['max', Math.max],
  ['round', (value: number, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits],
]);

const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
]);

const longest = 1000;
const deepest = 100;

const token = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-zπ]\w*)|(\*\*|[-+*/%^(),×÷−·]))/iuy;
const sameAs: Readonly<Record<string, string>> = { '**': '^', '×': '*', '·': '*', '÷': '/', '−': '-' };

/** @throws Error with a sentence on what cannot be read or has no value */
export function evaluateExpression(text: string): number {
  if (text.length > longest) throw new Error(`The expression is longer than ${longest} characters.`);
  const value = new Parser(tokensOf(text)).whole();
  if (!Number.isFinite(value)) throw new Error('The expression has no finite value.');
  return value;
}

/** As people write it: without the noise of binary fractions, 0.1 + 0.2 is 0.3. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

type Token = number | string;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const from = token.lastIndex;
    const [, number, name, sign = ''] = token.exec(text) ?? [];
    if (number !== undefined) tokens.push(Number(number));
    else if (name !== undefined) tokens.push(name.toLowerCase());
    else if (sign !== '') tokens.push(sameAs[sign] ?? sign);
    else throw new Error(`“${text.slice(from).trim().slice(0, 12)}” is not understood.`);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): number {
    const value = this.#sum();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new Error(`An operator is missing before “${rest}”.`);
    return value;
  }

  #sum(): number {
    if (++this.#depth > deepest) throw new Error('Too many parentheses inside each other.');
    let value = this.#product();
    for (;;) {
      if (this.#takes('+')) value += this.#product();
      else if (this.#takes('-')) value -= this.#product();
      else break;
    }
    this.#depth--;
    return value;
  }

  #product(): number {
    let value = this.#signed();
    for (;;) {
      if (this.#takes('*')) value *= this.#signed();
      else if (this.#takes('%')) value %= this.#divisor();
      else if (this.#takes('/')) value /= this.#divisor();
      else return value;
    }
  }

  #divisor(): number {
    const value = this.#signed();
    if (value === 0) throw new Error('Division by zero.');
    return value;
  }

  /** Weaker than a power: -2^2 is -4. */
  #signed(): number {
    let sign = 1;
    for (;;) {
      if (this.#takes('-')) sign = -sign;
      else if (!this.#takes('+')) return sign * this.#power();
    }
  }

  #power(): number {
    const base = this.#operand();
    if (!this.#takes('^')) return base;
    if (++this.#depth > deepest) throw new Error('Too many powers inside each other.');
    // From the right: 2^3^2 is 2^9.
    const value = base ** this.#signed();
    this.#depth--;
    return value;
  }

  #operand(): number {
    const next = this.#tokens[this.#at++];
    if (typeof next === 'number') return next;
    if (next === undefined) throw new Error('A number is missing at the end.');
    if (next === '(') return this.#closed(this.#sum());
    const constant = constants.get(next);
    if (constant !== undefined) return constant;
    const run = functions.get(next);
    if (!run) throw new Error(`A number is missing, or “${next}” is not known here.`);
    if (!this.#takes('(')) throw new Error(`“${next}” wants its value in parentheses.`);
    const values = [this.#sum()];
    while (this.#takes(',')) values.push(this.#sum());
    return this.#closed(run(...values));
  }

  #closed(value: number): number {
    if (!this.#takes(')')) throw new Error('A closing parenthesis is missing.');
    return value;
  }

  #takes(sign: string): boolean {
    if (this.#tokens[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }
}
