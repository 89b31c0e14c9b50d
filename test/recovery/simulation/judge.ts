import { findLeaks } from '../../local/canary.ts';
import type { WireRequest } from '../../local/wire/wire.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeLoss } from './judge-loss.ts';
import type { Call } from './caller.ts';
import { clock } from './virtual-time.ts';
import type { ServiceName } from './plan.ts';
import type { World } from './world.ts';

/** A create that reached the service. */
export interface Create {
  readonly request: WireRequest;
  readonly requestId: string;
  readonly at: number;
}

/** A password that was returned to an instance, which may hold the only copy. */
export interface Showing {
  readonly instance: string;
  readonly at: number;
}

/** What a run has observed so far, and its violations. */
export class Judge {
  readonly world: World;
  readonly violations: string[] = [];
  readonly creates: Create[] = [];
  readonly showings: Showing[] = [];
  /** Credentials that a success has returned: version of the user name, version of the password. */
  readonly promised = new Map<string, readonly [string, string]>();
  /** When Partner Center last denied the partner access to the customer's users. */
  forbiddenAt = -Infinity;
  domainTakenAt: number | undefined;
  /** Maximum duration of a call in milliseconds. */
  readonly callTime: number;
  /** Instances whose domain probe a fault answered "free" in Partner Center's own form. */
  readonly toldFree = new Set<string>();
  /** Instances whose repeated create a fault answered "domain exists". */
  readonly toldTaken = new Set<string>();
  readonly #bodies = new Map<string, string>();
  /** Requests that were the first with their id; they are answered with the password whatever a repeat gets. */
  readonly #firsts = new WeakSet<WireRequest>();
  readonly #processed = new WeakSet<WireRequest>();
  readonly #seen = new Set<string>();
  readonly #answers: string[] = [];

  constructor(world: World) {
    this.world = world;
    this.callTime = Number(world.plan.settings['ONBOARDING_TIMEOUT_SECONDS'] ?? 200) * 1000;
  }

  blame(what: string): void {
    const { up } = this.world;
    if (this.violations.length < 5) this.violations.push(`${Math.round(clock.now / 1000)} s, ${up.length} up: ${what}`);
  }

  handled(request: WireRequest): void {
    if (request.operation !== 'createCustomer') return;
    const requestId = request.headers['ms-requestid'] ?? '';
    if (!this.#bodies.has(requestId)) this.#firsts.add(request);
    const known = this.#bodies.get(requestId) ?? request.body;
    this.#bodies.set(requestId, request.body);
    if (known !== request.body) this.blame('one request id travelled with two bodies');
    this.creates.push({ request, requestId, at: clock.now });
  }

  processed(request: WireRequest, service: ServiceName): void {
    this.#processed.add(request);
    const empty = request.body === '' && request.headers['authorization'] !== undefined;
    if (request.operation === 'setSecret' && empty) this.blame('a secret was set with a token and without a body');
    if (!['partnerCenter', 'table'].includes(service) && request.operation !== 'setSecret') return;
    this.look();
  }

  answered(request: WireRequest, garbled: boolean): void {
    const { operation, status, front } = request;
    const shown = this.#firsts.has(request) || this.world.stack.partnerCenter.knobs.replay === 'same';
    // An instance that was frozen past the end of its call has discarded the answer.
    const heard = this.creates.some((create) => create.request === request && clock.now - create.at < this.callTime);
    if (operation === 'createCustomer' && status === 201 && shown && !garbled && heard) {
      this.showings.push({ instance: front, at: clock.now });
    }
    if (['listUsers', 'resetPassword'].includes(operation) && status === 403) this.forbiddenAt = clock.now;
    if (this.#processed.has(request)) return;
    if (operation === 'probeDomain' && status === 404) this.toldFree.add(front);
    if (operation === 'createCustomer' && status === 409) this.toldTaken.add(front);
  }

  /** Checks the invariants of the whole environment. */
  look(): void {
    const { world } = this;
    const { partnerCenter } = world.stack;
    if (partnerCenter.creates(world.domain) > 1) this.blame('two tenants');
    for (const vault of world.vaults) {
      for (const [name, versions] of vault.secrets) {
        if (versions.length >= 50) this.blame(`${versions.length} versions of ${name}`);
      }
    }
    this.#lookAtRow();
    for (const [userName, password] of this.promised.values()) this.#check('an answer', userName, password);
  }

  #lookAtRow(): void {
    const row = this.world.stack.table.row(this.world.domain);
    if (!row) return;
    const { state, outcome, userNameVersion, passwordVersion, attempts } = row.properties;
    if (state === 'Succeeded') this.#check('the row', String(userNameVersion), String(passwordVersion));
    if (this.#seen.has(row.etag)) return;
    this.#seen.add(row.etag);
    if (String(attempts).length > 30_000) this.blame('the row grows without bound');
    if (outcome === 'CredentialsLost') judgeLoss(this, String(state));
  }

  #check(who: string, userNameVersion: string, passwordVersion: string): void {
    const { world } = this;
    const userName = this.valueOf('username', userNameVersion);
    const password = this.valueOf('password', passwordVersion);
    if (userName === undefined || password === undefined) this.blame(`${who} names credentials that are not stored`);
    else if (!world.stack.partnerCenter.opensTenant(world.domain, userName, password)) {
      this.blame(`${who} names a password that does not open the tenant`);
    }
  }

  /** The value of a version of a credential, from the vault that has it. */
  valueOf(kind: 'username' | 'password', version: string): string | undefined {
    const { vaults, base } = this.world;
    const versions = vaults.flatMap((vault) => vault.versions(`${base}-admin-${kind}`));
    return versions.find((candidate) => candidate.version === version)?.value;
  }

  answer(call: Call): void {
    if (call.answer) this.#answers.push(call.answer.text);
    judgeAnswer(this, call);
    this.look();
  }

  /** Searches for secrets in every answer and in every log line that the run kept. */
  findLeaks(): void {
    const { world } = this;
    const own = world.vaults.flatMap((vault) => vault.versions(`${world.base}-admin-password`));
    const secrets = new Set([...world.stack.partnerSecrets, ...world.passwords, ...own.map(({ value }) => value)]);
    for (const leak of findLeaks([...this.#answers, ...world.logs].join('\n'), secrets)) this.blame(`leaked: ${leak}`);
  }
}
