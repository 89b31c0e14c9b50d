import { findLeaks } from '../../local/canary.ts';
import type { Stack } from '../../local/stack.ts';
import { stateOf, type Answer } from './caller.ts';

/** Checks the promises that every answer must keep; returns one sentence for each breach. */
export function judge(stack: Stack, domain: string, answers: readonly Answer[]): string[] {
  const breaches: string[] = [];
  const tenant = stack.partnerCenter.tenants.get(domain);
  if (stack.partnerCenter.creates(domain) > 1) breaches.push(`${stack.partnerCenter.creates(domain)} tenants`);
  for (const [index, answer] of answers.entries()) {
    for (const breach of judgeAnswer(stack, domain, answer)) breaches.push(`answer ${index + 1}: ${breach}`);
  }
  const last = answers.at(-1);
  if (last && isSuccess(last) && !opens(stack, domain, last))
    breaches.push('the stored password does not open the tenant');
  if (last && isSuccess(last) && last.body['customerId'] !== tenant?.customerId) breaches.push('another customer id');
  for (const vault of [stack.credentialVault, stack.fallbackVault]) {
    for (const name of namesOf(domain)) {
      const count = vault?.versions(name).length ?? 0;
      if (count >= 50) breaches.push(`${count} versions of ${name}`);
    }
  }
  return breaches;
}

function judgeAnswer(stack: Stack, domain: string, answer: Answer): string[] {
  const { status, code, creates, headers, text } = answer;
  const breaches: string[] = [];
  const [before, after] = creates;
  const createdNothing = ['VaultUnavailable', 'RecordUnavailable', 'PartnerCenterError'].includes(code ?? '');
  if (createdNothing && after > before) breaches.push(`${code}, and yet it created a tenant`);
  if (code === 'OutcomeUnknown' && stateOf(stack, domain) === undefined) breaches.push('OutcomeUnknown of nothing');
  if (code === 'RejectedByPartnerCenter' && after > 0) breaches.push('refused, and yet the tenant exists');
  if ((code === 'CredentialsLost' || code === 'CredentialsNotStored') && after === 0)
    breaches.push(`${code} without a tenant`);
  if (code === 'DomainTaken' && after > 0) breaches.push('DomainTaken about a tenant of our own');
  if ([429, 503, 504].includes(status) && !headers.has('retry-after')) breaches.push(`${code} without Retry-After`);
  if (status === 0 && text !== '') breaches.push('half an answer');
  if (status === 200 && !answer.succeededBefore) breaches.push('200 although no success was on record');
  if (status === 200 && headers.get('idempotent-replayed') !== 'true') breaches.push('200 without Idempotent-Replayed');
  if (isSuccess(answer) && !existed(stack, answer)) breaches.push('names a secret that is not there');
  const tenant = stack.partnerCenter.tenants.get(domain);
  const secrets = [...stack.partnerSecrets, ...(tenant ? [tenant.firstPassword, tenant.password] : [])];
  return [...breaches, ...findLeaks(`${text} ${JSON.stringify([...headers])}`, secrets)];
}

/** Whether the credentials that an answer names are valid for the tenant now. */
export function opens(stack: Stack, domain: string, answer: Answer): boolean {
  const userName = readSecret(stack, answer.body['userNameSecretId']);
  const password = readSecret(stack, answer.body['passwordSecretId']);
  return (
    userName !== undefined && password !== undefined && stack.partnerCenter.opensTenant(domain, userName, password)
  );
}

export function isSuccess({ status }: Answer): boolean {
  return status === 200 || status === 201;
}

function existed(stack: Stack, { body }: Answer): boolean {
  return [body['userNameSecretId'], body['passwordSecretId']].every((id) => readSecret(stack, id) !== undefined);
}

/** The value of a secret id, read without permission checks. */
function readSecret(stack: Stack, id: unknown): string | undefined {
  const [, name = '', version] = /\/secrets\/([^/]+)\/([^/]+)$/.exec(String(id)) ?? [];
  const versions = [stack.credentialVault, stack.fallbackVault].flatMap((vault) => vault?.versions(name) ?? []);
  return versions.find((stored) => stored.version === version)?.value;
}

function namesOf(domain: string): string[] {
  const base = domain.replaceAll('.', '-');
  return ['admin-username', 'admin-password'].map((part) => `${base}-${part}`);
}

/** Whether the tenant's current password is in a vault. */
export function isPasswordStored(stack: Stack, domain: string): boolean {
  const password = stack.partnerCenter.tenants.get(domain)?.password;
  const name = `${domain.replaceAll('.', '-')}-admin-password`;
  return [stack.credentialVault, stack.fallbackVault].some((vault) =>
    vault?.versions(name).some(({ value }) => value === password),
  );
}

/** What is on record, for messages. */
export function describeRecord(stack: Stack, domain: string): string {
  const { state, outcome, attempts } = stack.table.row(domain)?.properties ?? {};
  return JSON.stringify({ state, outcome, attempts: String(attempts ?? '').split('requestId').length - 1 });
}
