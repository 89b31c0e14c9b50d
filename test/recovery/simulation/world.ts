import { runOn, type Machine } from './machine.ts';
import type { Plan } from './plan.ts';
import { clock, pass } from './virtual-time.ts';
import { startHost, type FunctionsHost } from '../../local/host/functions-host.ts';
import type { KeyVaultEmulator } from '../../local/key-vault/key-vault-emulator.ts';
import { startStack, type Stack } from '../../local/stack.ts';
import type { Front } from '../../local/wire/front.ts';

/** One instance of the app on its own machine. */
export interface Node {
  readonly machine: Machine;
  /** From 0, in the order of their start. */
  readonly number: number;
  readonly host: FunctionsHost;
  readonly fronts: readonly Front[];
  /** `ending` instances accept no new calls. */
  state: 'up' | 'ending' | 'gone';
}

/** The environment of one run: the emulators and the instances. */
export class World {
  readonly stack: Stack;
  readonly plan: Plan;
  readonly domain: string;
  readonly base: string;
  readonly nodes: Node[] = [];
  readonly logs: string[] = [];
  /** Whether a host restarted its worker because of functionTimeout: its calls in flight then get an empty 500. */
  workerRestarted = false;
  /** Vaults by every address at which an instance knows or knew them: the port of an ended vault may be reused by another. */
  readonly vaultsAt = new Map<string, readonly KeyVaultEmulator[]>();
  readonly #appRoot: string | undefined;
  #count = 0;

  private constructor(plan: Plan, stack: Stack, appRoot: string | undefined) {
    this.plan = plan;
    this.stack = stack;
    this.#appRoot = appRoot;
    const suffix = plan.cloud === 'usgov' ? '.onmicrosoft.us' : '.onmicrosoft.com';
    this.domain = `seed${plan.seed}${suffix}`;
    this.base = this.domain.replaceAll('.', '-');
  }

  static async create(plan: Plan, appRoot?: string): Promise<World> {
    const { flow, cloud, fallbackVault, settings } = plan;
    const stack = await startStack({ flow, cloud, fallbackVault, settings });
    const world = new World(plan, stack, appRoot);
    Object.assign(stack.partnerCenter.knobs, plan.knobs, { makePassword: world.#makePassword() });
    for (const server of Object.values(stack.servers)) server.recording = false;
    stack.table.clockOffsetMs = plan.tableOffset;
    world.vaults.forEach((vault, index) => {
      vault.clockOffsetMs = plan.vaultOffsets[index === 0 ? 0 : 1];
      vault.versionsOfMissing = plan.seed % 2 === 0 ? 'empty' : 'not-found';
      vault.pageSize = plan.seed % 3 === 0 ? 2 : 25;
    });
    for (let number = 0; number < plan.instances; number++) await world.startNode();
    return world;
  }

  /** Every password that Partner Center generated. */
  readonly passwords: string[] = [];

  #makePassword(): () => string {
    const make = this.stack.partnerCenter.knobs.makePassword;
    return () => {
      const password = make();
      this.passwords.push(password);
      return password;
    };
  }

  get vaults(): readonly KeyVaultEmulator[] {
    const { credentialVault, fallbackVault } = this.stack;
    return fallbackVault ? [credentialVault, fallbackVault] : [credentialVault];
  }

  get up(): readonly Node[] {
    return this.nodes.filter(({ state }) => state === 'up');
  }

  async startNode(): Promise<Node> {
    const number = this.#count++;
    const name = `machine-${number}`;
    const wallOffset = this.plan.clockOffsets[number % 3] ?? 0;
    const machine: Machine = { name, wallOffset, frozenUntil: 0, monotonicLag: 0 };
    const { servers, environment } = this.stack;
    // Opened outside the machine, otherwise the emulators would run on its clocks.
    const opened = await Promise.all(
      Object.entries(servers).map(async ([key, server]) => [server.url, key, await server.openFront(name)] as const),
    );
    const { credentialVault, fallbackVault } = this.stack;
    for (const [, key, front] of opened) {
      const vault = { credentialVault, fallbackVault }[key as 'credentialVault'];
      if (vault) this.vaultsAt.set(front.url, [...(this.vaultsAt.get(front.url) ?? []), vault]);
    }
    const env = Object.fromEntries(
      Object.entries(environment).map(([setting, value]) => {
        const own = opened.find(([url]) => value.startsWith(url));
        return [setting, own ? value.replace(own[0], own[2].url) : value];
      }),
    );
    const log = ({ message }: { message: string }): void => {
      if (message.includes('The worker is restarted.')) this.workerRestarted = true;
      if (this.plan.wholeLogs) this.logs.push(message);
    };
    const root = this.#appRoot === undefined ? {} : { appRoot: this.#appRoot };
    const host = await runOn(machine, () => startHost({ env, log, ...root }));
    const node: Node = { machine, number, host, fronts: opened.map(([, , front]) => front), state: 'up' };
    this.nodes.push(node);
    return node;
  }

  /** Ends an instance at once: nothing of it runs, arrives or is answered afterwards. */
  async kill(node: Node): Promise<void> {
    if (node.state === 'gone') return;
    node.state = 'gone';
    node.machine.frozenUntil = Infinity;
    await Promise.all([node.host.kill(), ...node.fronts.map((front) => front.cut())]);
  }

  async terminate(node: Node): Promise<void> {
    if (node.state !== 'up') return;
    node.state = 'ending';
    // Its hooks run on its own clocks.
    await runOn(node.machine, () => node.host.terminate());
    await this.kill(node);
  }

  freeze(node: Node, lasts: number, monotonicStops: boolean): void {
    node.machine.frozenUntil = Math.max(node.machine.frozenUntil, clock.now + lasts);
    if (monotonicStops) node.machine.monotonicLag += lasts;
  }

  /** Replaces an ended instance some time later, as the platform does. */
  async replace(wait: number): Promise<void> {
    await pass(wait);
    if (this.up.length < this.plan.instances) await this.startNode();
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.kill(node)));
    await this.stack.close();
    clock.clear();
  }
}
