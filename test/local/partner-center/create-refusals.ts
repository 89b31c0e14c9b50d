import { isDelegated, refuseAppOnly } from './check-token.ts';
import type { Context } from './context.ts';
import type { CreateRefusal, Knobs } from './knobs.ts';
import { refuse, type Reply } from './reply.ts';
import type { CustomerDraft } from './tenant.ts';
import type { World } from './world.ts';

/** HTTP status by code, of Partner Center's "REST error codes" page; 400 for any other. */
const statuses: Readonly<Record<number, number>> = {
  2030: 403,
  2032: 403,
  20002: 403,
  600006: 403,
  800003: 500,
  800015: 404,
  800039: 403,
  900123: 403,
  900124: 403,
  900149: 403,
  900150: 403,
  900192: 500,
  900308: 403,
  900309: 403,
  900329: 403,
};

const trigger = /\brefuse:(\d+)(?:-(tenant|domain))?\b/i;
const prefixes = { strict: /^[a-z0-9]{1,27}$/i, lax: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i };
const suffixes = ['.onmicrosoft.com', '.partner.onmschina.cn', '.onmicrosoft.us', '.ccsctp.net'];

/** The refusal that the company name (`refuse:<code>`, `refuse:<code>-tenant`, `refuse:<code>-domain`) or the knob asks for. */
export function findCreateRefusal(draft: CustomerDraft, knobs: Knobs): CreateRefusal | undefined {
  const [, digits, leaves = 'nothing'] = trigger.exec(draft.companyName) ?? [];
  if (digits) {
    const code = Number(digits);
    return { status: statuses[code] ?? 400, code, leaves: leaves.toLowerCase() as 'nothing' | 'tenant' | 'domain' };
  }
  const refusal = knobs.createRefusal;
  if (refusal?.times === undefined) return refusal;
  knobs.createRefusal = refusal.times > 1 ? { ...refusal, times: refusal.times - 1 } : undefined;
  return refusal;
}

/** Whether the caller may create for this reseller: App+User only; the end of the GUID selects the fault of the reseller. */
export function checkReseller(draft: CustomerDraft, { claims }: Context): Reply | undefined {
  const reseller = draft.associatedPartnerId;
  if (!reseller) return undefined;
  if (!isDelegated(claims)) return refuseAppOnly();
  const code = Number(/-0{6}(800015|800016|900123|900154)\}?$/.exec(reseller)?.[1]);
  return code ? refuse(statuses[code] ?? 400, code, 'The indirect reseller is refused.', [reseller]) : undefined;
}

/** A prefix or suffix that is not allowed. */
export function checkDomainName(domain: string, knobs: Knobs): Reply | undefined {
  const suffix = suffixes.find((ending) => domain.toLowerCase().endsWith(ending));
  const prefix = suffix ? domain.slice(0, -suffix.length) : '';
  const valid = (knobs.strictPrefix ? prefixes.strict : prefixes.lax).test(prefix);
  return valid ? undefined : refuse(400, 2000, 'The domain is not valid.', ['companyProfile.domain']);
}

export function checkQuota(world: World, knobs: Knobs): Reply | undefined {
  if (!knobs.sandbox || world.tenants.size < knobs.sandboxQuota) return undefined;
  return refuse(400, 800018, 'The integration sandbox has reached its limit of customers.');
}

/** The answer to a create for an existing domain: 400 or 409, undocumented. */
export function refuseTaken(domain: string, knobs: Knobs): Reply {
  const description = `The domain ${domain} is already in use. Choose another domain prefix.`;
  return refuse(knobs.takenAnswer, knobs.takenCode, description, ['companyProfile.domain']);
}
