import { expect } from 'vitest';
import { ConsentRefusal } from '../../../commands/consent/consent-refusal.ts';
import { consent, type ConsentInput } from '../../../commands/consent/consent.ts';
import { VaultCredential } from '../../../shared/key-vault/vault-credential.ts';
import { openVault } from '../../../shared/key-vault/vault.ts';
import { expectNoLeaks } from './expect-no-leaks.ts';
import type { Rig } from './rig.ts';

export interface Outcome {
  /** The output for the operator, line by line. */
  readonly printed: readonly string[];
  /** The message of the refusal; undefined if the consent was stored. */
  readonly refusal: string | undefined;
  /** The page that the person saw last. */
  readonly page: string;
}

/** Follows the printed address, redirects included, as a browser does. */
async function followRedirects(url: string): Promise<string> {
  const answer = await fetch(url);
  return answer.text();
}

/** Runs the command against a rig, with a person who follows the address; searches its output for secrets. */
export async function runConsent(
  rig: Rig,
  options: Partial<Pick<ConsentInput, 'settings' | 'timeout' | 'port'>> & {
    person?: (url: string) => Promise<string>;
  } = {},
): Promise<Outcome> {
  const { person = followRedirects, settings = rig.settings, timeout = 5000, port = 0 } = options;
  const identity = new VaultCredential({ clientId: undefined, timeout: 10_000 });
  const partnerVault = openVault('partner', rig.vault.url, identity);
  const printed: string[] = [];
  let page = Promise.resolve('');
  const visit = (url: string): void => {
    page = person(url);
    // A failure of the person is not a failure of the command.
    page.catch(() => undefined);
  };
  const print = (line: string) => void printed.push(line);
  const input = { settings, partnerVault, identity, port, timeout, print, visit };
  const error = await consent(input).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error ?? new ConsentRefusal()).toBeInstanceOf(ConsentRefusal);
  const refusal = (error as ConsentRefusal | undefined)?.message;
  for (const code of rig.entra.codes.keys()) rig.canaries.add(code);
  expectNoLeaks(rig, ...printed, refusal ?? '');
  return { printed, refusal, page: await page.catch(() => '') };
}
