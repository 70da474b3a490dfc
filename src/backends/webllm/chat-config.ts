/** What has to be known of a model's `mlc-chat-config.json`: which texts go through a template. */
import type { OpenedFile } from '../../core/model-shelf';

interface Template {
  readonly role_templates?: Readonly<Partial<Record<string, string>>>;
}

interface ChatConfig {
  readonly conv_template?: Template;
  readonly conv_config?: Template;
}

/** Roles whose texts WebLLM puts into a template of this model. @throws SyntaxError */
export async function readTemplateRoles(files: readonly OpenedFile[]): Promise<ReadonlySet<string>> {
  const file = files.find(({ path }) => path === 'mlc-chat-config.json');
  const config = JSON.parse((await file?.blob.text()) ?? '{}') as ChatConfig;
  const templates = config.conv_config?.role_templates ?? config.conv_template?.role_templates ?? {};
  return new Set(Object.keys(templates));
}

/**
 * WebLLM fills its templates with `String.replace`, to which `$$`, `$&` and their like in a text mean something else:
 * `$$x$$` would reach the model as `$x$`.
 */
export function escapeForTemplate(text: string): string {
  return text.replaceAll('$', '$$$$');
}
