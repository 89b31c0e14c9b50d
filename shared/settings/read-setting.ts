import type { SettingName } from './setting-names.ts';

/** A faulty setting: its name and what it must be. The value itself is never kept. */
export interface SettingFault {
  readonly setting: SettingName;
  readonly reason: string;
}

/** Reads settings from an environment and collects all faults instead of stopping at the first. */
export class SettingReader {
  readonly faults: SettingFault[] = [];
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  text(setting: SettingName): string | undefined {
    const value = this.#environment[setting]?.trim();
    return value === '' ? undefined : value;
  }

  fault(setting: SettingName, reason: string): void {
    this.faults.push({ setting, reason });
  }

  /** An absolute https URL without a trailing slash; plain http for loopback addresses only. */
  url(setting: SettingName, fallback: string): string;
  url(setting: SettingName, fallback?: string): string | undefined;
  url(setting: SettingName, fallback?: string): string | undefined {
    const value = this.text(setting);
    if (value === undefined) return fallback;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      this.fault(setting, 'must be an absolute https URL');
      return fallback;
    }
    // The parser ignores an empty query or fragment, but it would remain in the URL.
    if (url.username || url.password || /[?#]/.test(value))
      this.fault(setting, 'must not contain credentials, a query or a fragment');
    const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
    if (url.protocol === 'http:' && !loopback)
      this.fault(setting, 'must use https; plain http is for loopback addresses only');
    return url.href.replace(/\/+$/, '');
  }

  /** The URL of a vault: a host name without a path. */
  vaultUrl(setting: SettingName): string | undefined {
    const before = this.faults.length;
    const url = this.url(setting);
    if (url !== undefined && this.faults.length === before && new URL(url).pathname !== '/')
      this.fault(setting, 'must end with the host name, without a path: https://{name}.vault.azure.net');
    return url;
  }

  choice<const T extends string>(setting: SettingName, choices: readonly T[], fallback: T): T {
    const value = this.text(setting);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value.toLowerCase());
    if (found === undefined) this.fault(setting, `must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  integer(setting: SettingName, range: { min: number; max: number }, fallback: number): number;
  integer(setting: SettingName, range: { min: number; max: number }): number | undefined;
  integer(setting: SettingName, range: { min: number; max: number }, fallback?: number): number | undefined {
    const value = this.text(setting);
    if (value === undefined) return fallback;
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (number >= range.min && number <= range.max) return number;
    this.fault(setting, `must be a whole number from ${range.min} to ${range.max}`);
    return fallback;
  }

  flag(setting: SettingName): boolean | undefined {
    const value = this.text(setting)?.toLowerCase();
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') this.fault(setting, 'must be true or false');
    return value === 'true';
  }
}
