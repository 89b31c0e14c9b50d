import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { explainFailure } from '../../../commands/probe/explain-failure.ts';
import type { ProbePlan } from '../../../commands/probe/probe.ts';
import type { Row } from '../../../commands/probe/question.ts';
import { toJson, toMarkdown, type ProbeReport } from '../../../commands/probe/report.ts';
import { runProbe, type ProbeInput } from '../../../commands/probe/run-probe.ts';
import { readCustomer } from '../../../commands/probe/sample-customer.ts';
import type { LogFields } from '../../../shared/log/log.ts';
import { readSettings, type Settings } from '../../../shared/settings/settings.ts';
import { makeToken } from '../../local/partner-center/partner-center-caller.ts';
import { findLeaks } from '../../local/canary.ts';
import type { Knobs } from '../../local/partner-center/knobs.ts';
import { makePassword } from '../../local/partner-center/make-password.ts';
import {
  startPartnerCenterEmulator,
  type PartnerCenterEmulator,
} from '../../local/partner-center/partner-center-emulator.ts';

export const partnerTenant = 'a3b9c6de-0f5b-4b1e-8a52-5d8f0f9d7c11';

export interface RunOptions extends Partial<Omit<ProbeInput, 'plan' | 'partner'>> {
  readonly plan?: Partial<ProbePlan>;
  readonly settings?: Partial<Settings>;
  readonly partnerTenant?: string;
}

/** A sandbox on loopback and a probe that uses it; every text of the probe is searched for credentials. */
export interface Rig {
  readonly sandbox: PartnerCenterEmulator;
  readonly journal: string;
  /** The messages to the operator. */
  readonly said: string[];
  run(options?: RunOptions): Promise<ProbeReport>;
  /** The journal on disk; undefined if there is none. */
  readJournal(): string | undefined;
}

/** Starts a sandbox with these knobs; closed when the test ends. */
export async function startRig(knobs: Partial<Knobs> = {}): Promise<Rig> {
  const passwords: string[] = [];
  const remember = (): string => {
    const password = makePassword();
    passwords.push(password);
    return password;
  };
  const sandbox = await startPartnerCenterEmulator({ knobs: { sandbox: true, makePassword: remember, ...knobs } });
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  const journal = join(folder, '.probe-journal.json');
  const readJournal = () => (existsSync(journal) ? readFileSync(journal, 'utf8') : undefined);
  const said: string[] = [];
  const logged: LogFields[] = [];
  const settings = readSettings({
    PARTNER_VAULT_URL: 'http://127.0.0.1:1',
    CREDENTIAL_VAULT_URL: 'http://127.0.0.1:1',
    ONBOARDING_TABLE_URL: 'http://127.0.0.1:1/account/onboardings',
    PARTNER_CENTER_URL: sandbox.url,
  });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const expectNoLeaks = (...texts: string[]): void => {
    const sent = sandbox.server.requests.map(({ body }) => /"password":"([^"]+)"/.exec(body)?.[1] ?? '');
    const tokens = sandbox.server.requests.map(({ headers }) => headers['authorization']?.slice(7) ?? '');
    const secrets = new Set([...passwords, ...sent, ...tokens].filter((secret) => secret.length >= 6));
    const text = [...texts, ...said, JSON.stringify(logged), readJournal() ?? ''].join('\n');
    expect(findLeaks(text, secrets)).toEqual([]);
  };

  return {
    sandbox,
    journal,
    said,
    readJournal,
    run: async ({ plan, settings: own, partnerTenant: tid = partnerTenant, ...input }: RunOptions = {}) => {
      const token = makeToken('app', { tid });
      const nothing = (): Promise<void> => Promise.resolve();
      const signIn = {
        accessToken: () => Promise.resolve(token),
        readSecrets: nothing,
        prepare: () => undefined,
        renewRefreshToken: nothing,
        pending: nothing,
      };
      const running = runProbe({
        partner: { settings: { ...settings, ...own }, signIn },
        plan: { ...quickPlan, ...plan },
        budget: 5,
        journal,
        log: (_level, event, fields) => void logged.push({ event, ...fields }),
        say: (line) => void said.push(line),
        confirm: nothing,
        signal: new AbortController().signal,
        ...input,
      });
      const report = await running.catch((error: unknown) => {
        expectNoLeaks(explainFailure(error), String(error));
        throw error;
      });
      expectNoLeaks(toMarkdown(report), toJson(report));
      return report;
    },
  };
}

/** A plan in milliseconds instead of minutes. Each of its addresses triggers one status in the sandbox. */
const quickPlan: ProbePlan = {
  customer: readCustomer(undefined),
  addresses: addressesOf('VerifiedShippable', 'StreetPartial', 'Multiple', 'NotValidated', 'None'),
  tryUndeletable: false,
  repeatAfter: [20],
  wait: 2000,
  pollEvery: 20,
};

/** Addresses that get these statuses from the sandbox. */
export function addressesOf(...statuses: string[]): ProbePlan['addresses'] {
  const address = { addressLine1: '1 Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052' };
  return statuses.map((status) => ({ ...address, addressLine2: `status:${status}` }));
}

/** The line of a question. */
export function rowOf(report: ProbeReport, id: string): Row {
  const row = report.rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no line about ${id}`);
  return row;
}

/** Answers by question, for comparison. */
export function answersOf({ rows }: ProbeReport): Record<string, string> {
  return Object.fromEntries(rows.map(({ id, answer }) => [id, answer]));
}
