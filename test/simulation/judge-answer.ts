import { bodyOf, type AnswerBody, type Call } from './caller.ts';
import type { Judge } from './judge.ts';
import { mayReset } from './judge-loss.ts';
import { clock } from './virtual-time.ts';

/** Holds it against the product when an answer claims what did not happen. */
export function judgeAnswer(judge: Judge, call: Call): void {
  if (!call.answer) return;
  const body = bodyOf(call);
  const { status } = call.answer;
  const { world } = judge;
  const tenant = world.stack.partnerCenter.tenants.get(world.domain);
  const createdHere = tenant && isCreatorOf(judge, call, tenant.requestId);
  if (status === 200 || status === 201) return judgeSuccess(judge, body);
  if (body.customerId !== undefined && body.customerId !== tenant?.customerId)
    judge.blame(`${body.code} names a customer that is not there`);
  switch (body.code) {
    case 'VaultUnavailable':
      if (createdHere) judge.blame('VaultUnavailable from the call that created the tenant');
      break;
    case 'RejectedByPartnerCenter':
      // A definite refusal is always answered so, also where the domain is found taken afterwards and the lists lag.
      break;
    case 'DomainTaken':
      judge.domainTakenAt ??= call.answeredAt;
      if (tenant?.origin === 'api') judge.blame('DomainTaken for a tenant of ours');
      break;
    case 'AlreadyOnboarded':
      if (tenant?.origin !== 'api') judge.blame('AlreadyOnboarded without a tenant of ours');
      else if (tenant.draft.companyName === (call.variant === 'A' ? 'Contoso Coffee' : 'Contoso Tea'))
        judge.blame('AlreadyOnboarded for the very payload');
      break;
    case 'CredentialsNotStored':
      // Past its lease a copy waits for the row, whatever the vaults take.
      if (tenant?.origin !== 'api') judge.blame('CredentialsNotStored without a tenant of ours');
      break;
    case 'CredentialsLost':
      if (tenant?.origin !== 'api') judge.blame('CredentialsLost without a tenant of ours');
      if (mayReset(judge) && judge.forbiddenAt < call.sentAt - 200_000)
        judge.blame('CredentialsLost although the password can be reset');
      break;
    case 'InternalError':
    case 'InvalidPayload':
    case 'ConfigurationError':
    case undefined: {
      const ofHost = status === 500 && body.code === undefined && world.workerRestarted;
      if (body.code !== 'ConfigurationError' && !ofHost) judge.blame(`answered ${status} ${body.code}`);
      break;
    }
    default:
  }
}

function judgeSuccess(judge: Judge, body: AnswerBody): void {
  const { world } = judge;
  const tenant = world.stack.partnerCenter.tenants.get(world.domain);
  if (!tenant) return judge.blame('a success without a tenant');
  if (body.customerId !== tenant.customerId) judge.blame('a success that names another customer');
  const split = (id = ''): [string, string] => {
    const [vault = '', name = '', version = ''] = id.split(/\/secrets\/|\/(?=[^/]*$)/);
    const versions = world.vaultsAt.get(vault)?.flatMap((one) => one.versions(name));
    const known = versions?.some((one) => one.version === version);
    if (!known || body.vaultUri !== vault) judge.blame(`a success names a secret that is not there: ${id}`);
    return [name, version];
  };
  const userName = split(body.userNameSecretId)[1];
  const password = split(body.passwordSecretId)[1];
  judge.promised.set(password, [userName, password]);
}

/** Whether the tenant comes of a create that this call's instance sent while the call was under way. */
function isCreatorOf(judge: Judge, { node, sentAt }: Call, requestId: string): boolean {
  const first = judge.creates.find((create) => create.requestId === requestId);
  return (
    first !== undefined && first.request.front === node.machine.name && first.at >= sentAt && first.at <= clock.now
  );
}
