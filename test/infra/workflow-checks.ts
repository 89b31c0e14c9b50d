import { parse } from 'yaml';

/** A step of a job, as the file has it. */
interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub, parsed. */
export interface Workflow {
  readonly permissions: object;
  readonly on: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflow in a text; throws where that is no YAML. */
export const readWorkflow = (source: string): Workflow => parse(source, { strict: true }) as Workflow;

const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => [...steps]);
const complainUnless = (holds: boolean, complaint: string): string[] => (holds ? [] : [complaint]);

/** The first major version of each action that runs on Node 24; runners have no older Node any more. */
const onNode24: Readonly<Record<string, number>> = {
  'actions/checkout': 5,
  'actions/setup-node': 5,
  'actions/upload-artifact': 6,
  'actions/download-artifact': 7,
  'azure/login': 3,
};

/** Every action is pinned by a commit, with its version beside it, and runs on Node 24. */
export function checkPins(source: string): string[] {
  const uses = source.split('\n').filter((line) => /\buses:/.test(line));
  return uses
    .filter((line) => {
      const [, name = '', major] = /uses: ([\w./-]+)@[0-9a-f]{40} # v(\d+)\.\d+\.\d+$/.exec(line) ?? [];
      return !(Number(major) >= (onNode24[name] ?? Infinity));
    })
    .map((line) => line.trim());
}

/** No right for all jobs; a job may read the code, and sign in only where an environment says who may. */
export function checkPermissions(source: string): string[] {
  const workflow = readWorkflow(source);
  return [
    ...complainUnless(Object.keys(workflow.permissions).length === 0, 'rights for all jobs'),
    ...Object.entries(workflow.jobs).flatMap(([name, { permissions, environment }]) => {
      const allowed = environment === undefined ? ['contents:read'] : ['contents:read', 'id-token:write'];
      if (!permissions) return [`${name} does not name its rights`];
      const given = Object.entries(permissions).map(([scope, right]) => `${scope}:${right}`);
      return given.filter((right) => !allowed.includes(right)).map((right) => `${name} has ${right}`);
    }),
    ...complainUnless(!source.includes('secrets.'), 'a stored secret is read'),
  ];
}

/** What somebody else can write is never part of a script, and nothing is installed where a job can sign in. */
export function checkScripts(source: string): string[] {
  const signedIn = Object.values(readWorkflow(source).jobs).filter((job) => job.permissions?.['id-token'] === 'write');
  return [
    ...stepsOf(readWorkflow(source))
      .filter(({ run }) => run?.includes('${{'))
      .map(({ run }) => `an expression in ${run ?? ''}`),
    ...signedIn
      .flatMap(({ steps }) => steps)
      .filter(({ run }) => /\bnp[mx] /.test(run ?? ''))
      .map(({ run }) => `packages run beside a sign-in: ${run ?? ''}`),
  ];
}

const jobNamed = (source: string, name: string): Job => readWorkflow(source).jobs[name] ?? { steps: [] };
const indexOf = (steps: readonly Step[], found: (step: Step) => boolean): number => steps.findIndex(found);
const runs = (pattern: RegExp) => (step: Step) => pattern.test(step.run ?? '');

/** Only `main` is deployed, in every job. */
export const checkBranch = (source: string): string[] =>
  Object.entries(readWorkflow(source).jobs)
    .filter(([, job]) => job.if !== "github.ref == 'refs/heads/main'")
    .map(([name]) => `${name} deploys other branches`);

/** The runner is let in by its checked address, and shut out again whatever happened between. */
export function checkRunner(source: string): string[] {
  const { steps } = jobNamed(source, 'deploy');
  const letIn = indexOf(steps, runs(/commands\/runner-access\/main\.ts allow "\$SITE" "\$address"/));
  const shutOut = indexOf(steps, runs(/commands\/runner-access\/main\.ts remove "\$SITE"/));
  const publish = indexOf(steps, runs(/config-zip/));
  return [
    ...complainUnless(letIn >= 0 && letIn < publish, 'the runner is not let in before the package is sent'),
    ...complainUnless(shutOut === steps.length - 1, 'the runner is not shut out at the end'),
    ...complainUnless(steps[shutOut]?.if?.startsWith('always()') ?? false, 'the runner stays after a failure'),
    ...complainUnless(!source.includes('access-restriction'), 'Flex Consumption refuses access-restriction'),
    ...complainUnless(!source.includes('webapp auth'), 'webapp auth is not for apps on auth V2'),
  ];
}

/** An assertion of GitHub lives 5 minutes: before the smoke test there is a new one. */
export function checkSecondLogin(source: string): string[] {
  const { steps } = jobNamed(source, 'deploy');
  const smoke = indexOf(steps, runs(/api\/v1\/connection/));
  const before = steps[smoke - 1];
  return [
    ...complainUnless(before?.uses?.startsWith('azure/login@') ?? false, 'no second login before the smoke test'),
    ...complainUnless(before?.if === steps[smoke]?.if, 'the second login does not go with the smoke test'),
  ];
}

/** The workflow's identity has Contributor: it deploys no role and no lock. */
export function checkRights(source: string): string[] {
  const deployments = stepsOf(readWorkflow(source)).flatMap(({ run }) =>
    (run ?? '').split('\n').filter((line) => /az deployment group (create|what-if)/.test(line)),
  );
  return [
    ...complainUnless(deployments.length === 2, 'there are not one what-if and one deployment'),
    ...deployments.filter((line) => !line.includes('--parameters deployRights=false')),
    ...complainUnless(!/az (role|lock) /.test(source), 'the workflow changes rights'),
  ];
}

/** Bicep is compiled, linted, formatted and validated, and a machine without the compiler does not pass. */
export function checkBicep(source: string): string[] {
  const found = Object.values(readWorkflow(source).jobs).map(({ steps }) => [
    indexOf(steps, runs(/^dotnet --version$/)),
    indexOf(steps, runs(/^npm run bicep$/)),
  ]);
  return complainUnless(
    found.some(([dotnet = -1, bicep = -1]) => dotnet >= 0 && dotnet < bicep),
    'Bicep is not compiled',
  );
}
