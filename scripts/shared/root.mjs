/** The folder of the checkout; every script works from there, wherever it was called. */
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
