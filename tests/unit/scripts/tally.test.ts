/** The sum at the end of a verification: nothing that went wrong may look like a success. */
import { describe, expect, it } from 'vitest';
import { countPlaywright } from '../../../scripts/verify/count-playwright.mjs';
import { countVitest } from '../../../scripts/verify/count-vitest.mjs';
import { honest, tallyLine, total } from '../../../scripts/verify/tally.mjs';

const test = (status: string, ...ancestorTitles: string[]) => ({ status, ancestorTitles });

describe('honest', () => {
  const clean = { passed: 3, failed: 0, skipped: 0 };

  it('leaves a good run alone', () => {
    expect(honest(clean, 0)).toEqual(clean);
  });

  it('counts a crash after passing tests as a failure', () => {
    expect(honest(clean, 1)).toEqual({ ...clean, failed: 1 });
  });

  it('counts a run without tests as a failure', () => {
    expect(honest({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
  });
});

describe('countVitest', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countVitest(report)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a group that is skipped as a whole once, and other skipped tests one by one', () => {
    const assertionResults = [
      test('skipped', 'real vLLM'),
      test('skipped', 'real vLLM', 'inner'),
      test('passed', 'real Ollama'),
      test('skipped', 'real Ollama'),
      test('todo'),
      test('failed'),
    ];
    const report = { testResults: [{ status: 'failed', assertionResults }] };
    expect(countVitest(report)).toEqual({ passed: 1, failed: 1, skipped: 3, skippedGroups: 1 });
  });
});

it('counts a flaky test and a broken file of Playwright as failures', () => {
  const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 1 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 2, failed: 3, skipped: 1 });
});

it('says the sum in one line', () => {
  const tallies = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 0 },
  ];
  expect(tallyLine(total(tallies))).toBe('3 passed, 1 failed');
  expect(tallyLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
});
