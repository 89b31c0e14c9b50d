import { VaultCredential } from '../../shared/key-vault/vault-credential.ts';
import { openVault } from '../../shared/key-vault/vault.ts';
import { filterAzureSdkLog } from '../../shared/log/azure-sdk-log.ts';
import type { Log } from '../../shared/log/log.ts';
import { createPartnerSignIn } from '../../shared/partner-center/sign-in/sign-in.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { confirm } from './confirm.ts';
import { explainFailure } from './explain-failure.ts';
import { ProbeRefusal } from './probe-refusal.ts';
import { readOptions, usage } from './read-options.ts';
import { describeLeft, toJson, toMarkdown } from './report.ts';
import { runProbe } from './run-probe.ts';
import { readAddresses, readCustomer } from './sample-customer.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** The table and the final report show failures; the rest of the log is for Azure. */
const faults: string[] = [];
const log: Log = (level, event, { secret, reason, code } = {}) => {
  if (level === 'error') faults.push([event, secret, code, reason].filter(Boolean).join(' '));
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(`${usage}\n`);
  if (!options.sandbox) {
    throw new ProbeRefusal(
      'The probe creates and deletes customers. Run it with the settings of an integration sandbox, and say so with --sandbox.',
    );
  }
  const settings = readSettings(process.env);
  const customer = readCustomer(options.customer);
  const addresses = readAddresses(options.addresses, customer);
  const { wait, repeatAfter, tryUndeletable, budget, journal } = options;
  const identity = new VaultCredential({ clientId: settings.identityClientId, timeout: 60_000 });
  const partnerVault = openVault('partner', settings.partnerVaultUrl, identity);
  const signIn = createPartnerSignIn({ settings, partnerVault, identity });
  const interruption = new AbortController();
  const report = await runProbe({
    partner: { settings, signIn },
    plan: { customer, addresses, tryUndeletable, repeatAfter, wait, pollEvery: 5000 },
    budget,
    journal,
    log,
    say,
    confirm: async () => {
      if (!options.yes) await confirm();
      // Before that a signal ends the process as usual: there are no customers to report.
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interruption.abort());
    },
    signal: interruption.signal,
  });
  process.stdout.write(options.json ? toJson(report) : toMarkdown(report));
  if (report.leftBehind.length > 0) say(`\n${describeLeft(report.leftBehind)}\nThey are noted in ${journal}.`);
  await signIn.pending();
  // An interrupted create may still be running: the journal has its domain.
  if (report.interrupted) process.exit(130);
  if (report.leftBehind.length > 0) process.exitCode = 1;
}

// Standard output carries only the report.
console.info = console.warn = console.error;
filterAzureSdkLog();
try {
  await main();
} catch (error) {
  say([explainFailure(error), ...new Set(faults)].join('\n  '));
  process.exitCode = 1;
}
