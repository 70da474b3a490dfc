/** Texts that are kept under names, of which one may be chosen. Pure: every change gives a new list. */
import { newId } from './new-id';

export interface NamedPreset {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export interface PresetChoice {
  readonly presets: readonly NamedPreset[];
  /** Null for a text of its own that has no name. */
  readonly chosenId: string | null;
}

export function chosenPreset({ presets, chosenId }: PresetChoice): NamedPreset | undefined {
  return presets.find(({ id }) => id === chosenId);
}

/** Adds it at the end and chooses it; a name that is taken gets a number. */
export function addPreset({ presets }: PresetChoice, name: string, text: string): PresetChoice {
  const id = newId();
  return { presets: [...presets, { id, name: freeName(presets, name), text }], chosenId: id };
}

/** What does not change keeps its identity. An empty name is refused. */
export function changePreset(
  choice: PresetChoice,
  id: string,
  change: Partial<Pick<NamedPreset, 'name' | 'text'>>,
): PresetChoice {
  const others = choice.presets.filter((preset) => preset.id !== id);
  const name = change.name?.trim();
  const fitting = {
    ...(change.text !== undefined && { text: change.text }),
    ...(name && { name: freeName(others, name) }),
  };
  const presets = choice.presets.map((preset) => (preset.id === id ? { ...preset, ...fitting } : preset));
  return { ...choice, presets };
}

export function removePreset({ presets, chosenId }: PresetChoice, id: string): PresetChoice {
  return {
    presets: presets.filter((preset) => preset.id !== id),
    chosenId: chosenId === id ? null : chosenId,
  };
}

function freeName(presets: readonly NamedPreset[], wanted: string): string {
  const taken = new Set(presets.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
  return name;
}
