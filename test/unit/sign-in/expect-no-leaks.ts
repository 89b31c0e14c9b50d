import { expect } from 'vitest';
import { findLeaks } from '../../local/canary.ts';
import type { Rig } from './rig.ts';

const fields = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier'];

/** Searches every log line, and any other text given, for each secret of a rig: stored, sent or issued. */
export function expectNoLeaks(rig: Rig, ...texts: string[]): void {
  const secrets = new Set(rig.canaries);
  for (const form of rig.forms()) {
    for (const field of fields) for (const value of form.getAll(field)) secrets.add(value);
  }
  for (const { accessToken, refreshToken } of rig.entra.issued) {
    secrets.add(accessToken);
    if (refreshToken) secrets.add(refreshToken);
  }
  for (const [name, versions] of rig.vault.secrets) {
    if (name.endsWith('-id')) continue;
    for (const { value } of versions) secrets.add(value.trim());
  }
  const long = [...secrets].filter((secret) => secret.length >= 6);
  expect(findLeaks([JSON.stringify(rig.lines), ...texts].join('\n'), long)).toEqual([]);
}
