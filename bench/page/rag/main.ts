/** What `bench/rag.mjs` calls: one function for each of its parts. */
import { keywords } from './keywords/keywords';

Object.assign(window, { keywords });
