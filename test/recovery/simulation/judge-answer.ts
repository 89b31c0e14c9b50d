import { bodyOf, type AnswerBody, type Call } from './caller.ts';
import type { Judge } from './judge.ts';
import { hour, type Plan } from './plan.ts';
import { mayReset } from './judge-loss.ts';
import { clock } from './virtual-time.ts';

/** Records a violation when an answer claims something that did not happen. */
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
      // A definite refusal is also reported when the domain is taken and nothing proves yet that the tenant is ours.
      if (createdHere && !mayLag(judge) && !judge.toldFree.has(call.node.machine.name))
        judge.blame('RejectedByPartnerCenter from the call that created the tenant');
      break;
    case 'DomainTaken':
      judge.domainTakenAt ??= call.answeredAt;
      if (tenant?.origin === 'api') judge.blame('DomainTaken for a tenant of ours');
      if (!world.stack.partnerCenter.isTaken(world.domain) && judge.toldTaken.size === 0)
        judge.blame('DomainTaken of a free domain');
      break;
    case 'AlreadyOnboarded':
      if (tenant?.origin !== 'api') judge.blame('AlreadyOnboarded without a tenant of ours');
      else if (tenant.draft.companyName === (call.variant === 'A' ? 'Contoso Coffee' : 'Contoso Tea'))
        judge.blame('AlreadyOnboarded for the very payload');
      break;
    case 'CredentialsNotStored':
      if (hasHealthyVaults(world.plan)) judge.blame('CredentialsNotStored while every vault took what it was given');
      if (tenant?.origin !== 'api') judge.blame('CredentialsNotStored without a tenant of ours');
      break;
    case 'CredentialsLost':
      if (tenant?.origin !== 'api') judge.blame('CredentialsLost without a tenant of ours');
      if (
        mayReset(judge) &&
        tenant &&
        Date.now() - tenant.createdAt < 23 * hour &&
        judge.forbiddenAt < call.sentAt - 200_000
      )
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

/** Whether the tenant results from a create that this call's instance sent during the call. */
function isCreatorOf(judge: Judge, { node, sentAt }: Call, requestId: string): boolean {
  const first = judge.creates.find((create) => create.requestId === requestId);
  return (
    first !== undefined && first.request.front === node.machine.name && first.at >= sentAt && first.at <= clock.now
  );
}

/** Whether the plan lets a vault accept a secret within seconds. */
function hasHealthyVaults({ events, wire }: Plan): boolean {
  const troubled = events.some(({ what }) => what.kind === 'vault' || what.kind === 'freeze');
  const { credentialVault, fallbackVault, identity, table } = wire.faults;
  const unreachable = events.some(
    ({ what }) => what.kind === 'unreachable' && ['identity', 'table'].includes(what.service),
  );
  const onTheWay = wire.usual * Math.max(1, ...wire.slowness);
  const failing = credentialVault + fallbackVault + identity + table + wire.late > 0;
  return !troubled && !unreachable && !failing && onTheWay <= 5000;
}

/** Whether Partner Center's lists may lag or fail. */
function mayLag({ world: { plan } }: Judge): boolean {
  const { listLag = 0, auditLag = 0, readLag = 0 } = plan.knobs;
  return listLag + auditLag + readLag > 0 || plan.wire.faults.partnerCenter > 0 || plan.wire.late > 0;
}
