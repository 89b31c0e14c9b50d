import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../shared/log/log.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { enrich } from '../../shared/customer/enrich.ts';
import { readCountryRules } from '../../shared/partner-center/read-country-rules.ts';
import type { PartnerCenter } from '../../shared/partner-center/request.ts';
import { decodeClaims } from '../../shared/partner-center/sign-in/token-claims.ts';
import { askQuestion } from './ask-question.ts';
import { Budget } from './budget.ts';
import { checkSandbox } from './check-sandbox.ts';
import { cleanUp, type LeftBehind } from './clean-up.ts';
import { describePlan } from './describe-plan.ts';
import { Journal } from './journal.ts';
import { ProbeRefusal } from './probe-refusal.ts';
import type { Probe, ProbePlan } from './probe.ts';
import type { Row } from './question.ts';
import { questions } from './questions.ts';
import type { ProbeReport } from './report.ts';

export interface ProbeInput {
  readonly partner: PartnerCenter;
  readonly plan: ProbePlan;
  readonly budget: number;
  readonly journal: string;
  readonly log: Log;
  /** Tells the operator what is going on. */
  readonly say: (line: string) => void;
  /** Rejects with `ProbeRefusal` where nobody agrees to the plan. */
  readonly confirm: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Longer than any call of the product, which ends at 225 s: how long a create takes is one of the questions. */
const longest = 300_000;

/**
 * Announces what it will do, deletes what an earlier run left, asks every question, and deletes what it created. Rejects with
 * `ProbeRefusal` before anything is created; an interruption ends it with what has been found so far.
 */
export async function runProbe(input: ProbeInput): Promise<ProbeReport> {
  const startedAt = new Date().toISOString();
  const probe = await openProbe(input);
  const { budget, journal } = probe;
  const rows: Row[] = [];
  let leftBehind: readonly LeftBehind[] = [];
  const { signal } = input;
  try {
    leftBehind = await Promise.race([askAll(probe, input, rows), whenAborted(signal)]);
  } catch (error) {
    if (!signal.aborted) throw error;
    leftBehind = journal.entries.map((entry) => ({ ...entry, reason: 'the probe was interrupted' }));
  }
  const { partnerCenterUrl } = probe.settings;
  const interrupted = signal.aborted;
  return { partnerCenterUrl, startedAt, customersCreated: budget.spent, interrupted, rows, leftBehind };
}

async function askAll(probe: Probe, { say }: ProbeInput, rows: Row[]): Promise<LeftBehind[]> {
  await clearEarlier(probe, say);
  await checkSandbox(probe.partner, probe.call());
  for (const [index, question] of questions.entries()) {
    // The report of an interrupted run has been given by now.
    probe.signal.throwIfAborted();
    if (question.sendsNothing !== true) say(`Asking: ${question.question}`);
    rows.push(await askQuestion(question, probe));
    const firstIsNeeded = questions.slice(index + 1).some(({ aboutFirst }) => aboutFirst);
    await cleanBetween(probe, firstIsNeeded ? probe.first?.created.customer.domain : undefined);
  }
  return cleanUp(probe, { patience: probe.plan.wait });
}

/** Rejects when the run is interrupted: a create that is under way may take minutes, and its domain is in the journal. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('interrupted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

async function openProbe(input: ProbeInput): Promise<Probe> {
  const { partner, plan, log, signal } = input;
  const { settings } = partner;
  const call = () => ({ deadline: Deadline.after(longest), log });
  const partnerId = decodeClaims(await partner.signIn.accessToken(call()))?.['tid'];
  const named = typeof partnerId === 'string' && /^[\w.-]{1,100}$/.test(partnerId) ? partnerId : undefined;
  const journal = new Journal(input.journal, named);
  const rules = await readCountryRules(partner, plan.customer.country, call());
  const { partnerCenterUrl, customerDomainSuffix: suffix } = settings;
  input.say(
    describePlan({ plan, budget: input.budget, partnerCenterUrl, suffix, partner: named, left: journal.entries }),
  );
  await input.confirm();
  return {
    plan,
    settings,
    partner,
    enrichment: enrich({ ...plan.customer, domain: '' }, rules, settings),
    budget: new Budget(input.budget),
    journal,
    timings: [],
    call,
    pause: (milliseconds) => wait(Math.max(0, milliseconds), undefined, { signal }),
    signal,
  };
}

/** Deletes what an interrupted run left behind. Where deletions are forbidden, nothing new may be created either. */
async function clearEarlier(probe: Probe, say: ProbeInput['say']): Promise<void> {
  if (probe.journal.entries.length === 0) return;
  const left = await cleanUp(probe, { patience: 0 });
  for (const { domain, reason } of left) say(`Still left from an earlier run: ${domain}, ${reason}.`);
  if (left.some(({ refusal }) => refusal === 'forbidden')) {
    throw new ProbeRefusal('Partner Center does not let this partner delete customers: nothing more was created.');
  }
}

/** Deletes what the last question created; where that is forbidden, no other question creates anything. */
async function cleanBetween(probe: Probe, except: string | undefined): Promise<void> {
  const left = await cleanUp(probe, { except, patience: 0 });
  if (left.some(({ refusal }) => refusal === 'forbidden')) {
    probe.budget.close('Partner Center does not let this partner delete customers, so no more are created');
  }
}
