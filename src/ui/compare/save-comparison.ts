/** A comparison as a file that the browser saves; what makes one loads when it is asked for. */
import type { WholeComparison } from '../../core/comparison';
import { fileNameFrom, saveFile } from '../shared/save-file';
import type { ReportSources } from './report/report-sources';

/** To be opened again, here or elsewhere. */
export async function saveComparison(whole: WholeComparison): Promise<void> {
  const { writeComparisonFile } = await import('../../compare/kept/comparison-file');
  saveFile(nameOf(whole, 'comparison.json'), 'application/json', writeComparisonFile(whole));
}

/** To be read in any browser. */
export async function saveReport(whole: WholeComparison, sources: ReportSources): Promise<void> {
  const { writeReport } = await import('./report/write-report');
  saveFile(nameOf(whole, 'html'), 'text/html', await writeReport(whole, sources));
}

function nameOf({ comparison }: WholeComparison, extension: string): string {
  return `${fileNameFrom(comparison.title)}.${extension}`;
}
