// One value of one setting: from text (environment, command line) or JSON (file, API) to its type, or a reason why not.
import type { ListSetting, NumberSetting, Setting, SettingValue, TextSetting } from './table.ts';

export type Parsed =
  | { readonly ok: true; readonly value: SettingValue }
  | { readonly ok: false; readonly allowed: string };

const TRUE = /^(1|true|yes|on)$/i;
const FALSE = /^(0|false|no|off)$/i;

/** What is allowed, in words: `a number above 0, at most 100 (%)`. */
export function allowedText(setting: Setting): string {
  switch (setting.kind) {
    case 'number': {
      const noun = setting.integer ? 'a whole number' : 'a number';
      const lower = setting.above ? `above ${setting.min}` : `of at least ${setting.min}`;
      return `${noun} ${lower}, at most ${setting.max} (${setting.unit})`;
    }
    case 'boolean':
      return 'true or false';
    case 'text':
      return setting.allowed ?? 'text';
    case 'list':
      return setting.choices
        ? `a comma list of ${setting.choices.join(', ')}`
        : (setting.allowed ?? 'a comma list');
  }
}

/** Reads a value as the environment has it. */
export function parseText(setting: Setting, text: string): Parsed {
  switch (setting.kind) {
    case 'number':
      return text.trim() === '' ? refuse(setting) : checkNumber(setting, Number(text));
    case 'boolean':
      if (TRUE.test(text.trim())) return accept(true);
      return FALSE.test(text.trim()) ? accept(false) : refuse(setting);
    case 'text':
      return checkText(setting, text);
    case 'list':
      return checkList(
        setting,
        text
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      );
  }
}

/** Reads a value as JSON has it: of its own type, or text that says the same. */
export function parseJson(setting: Setting, value: unknown): Parsed {
  if (typeof value === 'string') return parseText(setting, value);
  if (setting.kind === 'number' && typeof value === 'number') return checkNumber(setting, value);
  if (setting.kind === 'boolean' && typeof value === 'boolean') return accept(value);
  if (setting.kind === 'list' && isTextList(value)) return checkList(setting, value);
  return refuse(setting);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function checkNumber(setting: NumberSetting, value: number): Parsed {
  const bigEnough = setting.above ? value > setting.min : value >= setting.min;
  const fits = Number.isFinite(value) && bigEnough && value <= setting.max;
  return fits && (!setting.integer || Number.isInteger(value)) ? accept(value) : refuse(setting);
}

function checkText(setting: TextSetting, value: string): Parsed {
  return setting.pattern && !setting.pattern.test(value) ? refuse(setting) : accept(value);
}

function checkList(setting: ListSetting, items: readonly string[]): Parsed {
  const known = items.every(
    (item) => (setting.choices?.includes(item) ?? true) && (setting.pattern?.test(item) ?? true),
  );
  return known ? accept(items) : refuse(setting);
}

const accept = (value: SettingValue): Parsed => ({ ok: true, value });
const refuse = (setting: Setting): Parsed => ({ ok: false, allowed: allowedText(setting) });
