import { VaultCredential } from '../../shared/key-vault/vault-credential.ts';
import { openVault } from '../../shared/key-vault/vault.ts';
import { readSettings, SettingsError } from '../../shared/settings/settings.ts';
import { ConsentRefusal } from './consent-refusal.ts';
import { consent } from './consent.ts';
import { openBrowser } from './open-browser.ts';
import { readOptions, usage } from './read-options.ts';

const print = (line: string): void => console.log(line);

async function main(): Promise<void> {
  const { browser, port, timeout, help } = readOptions(process.argv.slice(2));
  if (help) return print(usage);
  const settings = readSettings(process.env);
  if (settings.partnerClientCredential === 'managed-identity' && !process.env['IDENTITY_ENDPOINT']) {
    throw new ConsentRefusal(
      'The managed identity cannot sign in from this machine. Give the app a short-lived client secret, store it as ' +
        'partner-client-secret, run this command with PARTNER_CLIENT_CREDENTIAL=secret, then remove both again.',
    );
  }
  const identity = new VaultCredential({ clientId: settings.identityClientId, timeout: 60_000 });
  const partnerVault = openVault('partner', settings.partnerVaultUrl, identity);
  const visit = browser ? openBrowser : () => undefined;
  await consent({ settings, partnerVault, identity, port, timeout, print, visit });
}

try {
  await main();
} catch (error) {
  const isOurs = error instanceof ConsentRefusal || error instanceof SettingsError;
  console.error(isOurs ? error.message : 'Something unexpected failed; nothing was stored.');
  process.exitCode = 1;
}
