/** The report on added files as a sentence. */
import type { AddReport } from '../../../state/documents/added-file';
import { counted } from '../document-words';

/** @param passedOver hidden files and packages of a folder, which nobody means */
export function reportWords(report: AddReport, passedOver: number): string {
  const { added, changed, known, refused, missing } = report;
  const facts = [
    added > 0 && `${counted(added, 'document')} added`,
    changed > 0 && `${changed.toLocaleString('en')} changed and read again`,
    known > 0 && `${known.toLocaleString('en')} known and skipped`,
    refused.length > 0 && `${refused.length.toLocaleString('en')} refused`,
    missing.length > 0 && `${missing.length.toLocaleString('en')} missing from the folder`,
    passedOver > 0 && `${passedOver.toLocaleString('en')} hidden or of packages, left out`,
  ].filter((fact) => fact !== false);
  return facts.length === 0 ? 'Nothing was found to add.' : `${facts.join(', ')}.`;
}
