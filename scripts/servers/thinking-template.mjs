/** A chat template with thoughts, degrees of thinking and tools: what a small model does not bring, its server adds. */
import { fileURLToPath } from 'node:url';

export const thinkingTemplate = fileURLToPath(new URL('thinking-template.jinja', import.meta.url));
