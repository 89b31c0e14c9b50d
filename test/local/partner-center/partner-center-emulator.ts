import { EmulatorServer } from '../wire/emulator-server.ts';
import type { WireAnswer } from '../wire/wire.ts';
import { classify } from './classify.ts';
import { handleRequest } from './handle-request.ts';
import { defaultKnobs, type Knobs } from './knobs.ts';
import { makePortalTenant, type PortalCustomer } from './make-tenant.ts';
import { throttle } from './minute-counter.ts';
import { readTraceIds, renderReply } from './render-reply.ts';
import { refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';
import { World } from './world.ts';

export interface PartnerCenterOptions {
  /** The required `aud` of tokens; the global cloud's by default. */
  readonly audience?: string;
  /** 0, the default, selects a free port. */
  readonly port?: number;
  readonly knobs?: Partial<Knobs>;
}

/** Partner Center on loopback: its state, the knobs for undocumented behaviour, and the server. */
export class PartnerCenterEmulator {
  readonly knobs: Knobs;
  readonly server: EmulatorServer;
  #world: World;

  constructor(server: EmulatorServer, world: World, knobs: Knobs) {
    this.server = server;
    this.knobs = knobs;
    this.#world = world;
  }

  get url(): string {
    return this.server.url;
  }

  /** The partner's customers by domain in lower case, those of `createInPortal` among them. */
  get tenants(): ReadonlyMap<string, Tenant> {
    return this.#world.tenants;
  }

  /** Requests that the service has seen, by operation. */
  get counts(): Readonly<Record<string, number>> {
    return this.#world.counts;
  }

  get createCalls(): number {
    return this.counts['createCustomer'] ?? 0;
  }

  /** Number of tenants ever created with a domain. */
  creates(domain: string): number {
    return this.#world.creates(domain);
  }

  /** Whether these credentials are valid for the customer's tenant. The user name is `admin@<domain>`. */
  opensTenant(domain: string, userName: string, password: string): boolean {
    const tenant = this.tenants.get(domain.toLowerCase());
    return (
      tenant !== undefined &&
      userName.toLowerCase() === `admin@${tenant.domain.toLowerCase()}` &&
      password === tenant.password
    );
  }

  /** Whether a domain exists, whoever owns it. */
  isTaken(domain: string): boolean {
    return this.#world.isTaken(domain);
  }

  /** Assigns a domain to another organization, whose customers this partner does not see. */
  takeDomain(domain: string): void {
    this.#world.take(domain);
  }

  /** A customer of this partner that a colleague made in the portal. Throws when the domain is taken. */
  createInPortal(customer: PortalCustomer): Tenant {
    if (!this.#world.take(customer.domain)) throw new Error(`${customer.domain} is taken`);
    const tenant = makePortalTenant(customer, this.knobs.makePassword());
    this.#world.add(tenant);
    return tenant;
  }

  /** Removes every trace of a domain; for long runs. */
  forget(domain: string): void {
    this.#world.forget(domain);
  }

  /** An error as this service writes it, to be the `answer` of a fault of kind `status`. `retryAfter` in seconds, for 429 and 503. */
  errorAnswer(status: number, code: number, retryAfter?: number): WireAnswer {
    const reply = status === 429 ? throttle(retryAfter) : refuse(status, code, 'The service refused the request.');
    const wait = retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } };
    return renderReply({ ...reply, ...wait }, readTraceIds({}), this.knobs);
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}

/** Starts the emulator alone, with its own state. */
export async function startPartnerCenterEmulator(options: PartnerCenterOptions = {}): Promise<PartnerCenterEmulator> {
  const world = new World();
  const knobs: Knobs = { ...defaultKnobs(), ...options.knobs };
  const audience = options.audience ?? 'https://api.partnercenter.microsoft.com';
  const server = await EmulatorServer.start({
    port: options.port ?? 0,
    classify,
    handle: (request) => handleRequest(request, { audience, knobs, world }),
  });
  return new PartnerCenterEmulator(server, world, knobs);
}
