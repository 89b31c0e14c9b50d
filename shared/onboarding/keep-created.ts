import type { Moment } from '../network/clock.ts';
import type { CreateOutcome } from '../partner-center/create-customer.ts';
import type { Held } from './credentials/held.ts';
import type { Onboarded } from './onboarded.ts';
import { credentialsNotStored } from './open-outcomes.ts';
import { appendEvent } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import type { Run } from './run.ts';

/**
 * Stores what a create has given. From here on this process holds the only copy of the password: nothing is awaited but its storing. Throws
 * `CredentialsNotStored`, and goes on offering the copy to the vaults.
 */
export async function keepCreated(
  run: Run,
  { started, leaseSince }: { started: Started; leaseSince: Moment },
  outcome: CreateOutcome & { kind: 'created' },
): Promise<Onboarded> {
  const { customerId, commerceId, userName, password } = outcome;
  const { requestId, correlationId, leaseSeconds } = started;
  const { domain } = run.payload;
  const { base } = run;
  const expiryDays = run.settings.credentialExpiryDays;
  const held: Held = {
    created: { started, customerId, commerceId },
    credentials: {
      domain,
      base,
      userName,
      password,
      customerId,
      requestId,
      correlationId,
      expiryDays,
      doubtful: new Set(),
    },
    leaseSince,
    leaseSeconds,
  };
  run.held.hold(held, run);
  const onboarded = await run.held.save(held, run).catch(() => undefined);
  if (onboarded) return onboarded;

  const event = { event: 'NotStored', attempt: started.attempt, requestId, customerId, owner: started.owner } as const;
  await appendEvent(run.vaults, base, event, run).catch(() => undefined);
  void run.held.keepOffering(held, run);
  throw credentialsNotStored(run, customerId, requestId);
}
