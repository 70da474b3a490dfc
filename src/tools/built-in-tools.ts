/** Every tool that the page answers itself. Another one is a file beside these and a line here. */
import type { BuiltInTool } from './built-in-tool';
import { calculator } from './calculator';
import { dateTime } from './date-time';
import { searchDocuments } from './search-documents';

export const builtInTools: readonly BuiltInTool[] = [calculator, dateTime, searchDocuments];
