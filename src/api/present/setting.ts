// A setting as a reader sees it: in snake_case, with its bounds in words, its secrets masked.
import {
  allowedText,
  type EffectiveSetting,
  type SettingKey,
  type SettingValue,
  settingOf,
} from '../../config/index.ts';
import type { Setting as SettingWire } from '../wire.ts';

const MASK = '***';

/** `memory_threshold` for `memoryThreshold`. */
export function wireKey(key: SettingKey): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function presentSetting({ key, value, source }: EffectiveSetting): SettingWire {
  const setting = settingOf(key);
  return {
    name: setting.name,
    key: wireKey(key),
    value: setting.secret && value !== undefined ? MASK : presentValue(value),
    default: presentValue(setting.default),
    source,
    unit: setting.kind === 'number' ? setting.unit : null,
    runtime: setting.runtime === true,
    help: setting.help,
    allowed: allowedText(setting),
  };
}

function presentValue(value: SettingValue | undefined): SettingWire['value'] {
  if (value === undefined) return null;
  return typeof value === 'object' ? [...value] : value;
}
