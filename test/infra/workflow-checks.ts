import { parse } from 'yaml';

/** A step of a job. */
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

/** A parsed GitHub workflow. */
export interface Workflow {
  readonly permissions: object;
  readonly on: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Parses a workflow; throws if it is not YAML. */
export const readWorkflow = (source: string): Workflow => parse(source, { strict: true }) as Workflow;

const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => [...steps]);
const complainUnless = (holds: boolean, complaint: string): string[] => (holds ? [] : [complaint]);

/** The first major version of each action that runs on Node 24. Runners no longer run older ones. */
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

/** No workflow-wide permissions. A job can read the code, and request a token only with an environment. */
export function checkPermissions(source: string): string[] {
  const workflow = readWorkflow(source);
  return [
    ...complainUnless(Object.keys(workflow.permissions).length === 0, 'workflow-wide permissions'),
    ...Object.entries(workflow.jobs).flatMap(([name, { permissions, environment }]) => {
      const allowed = environment === undefined ? ['contents:read'] : ['contents:read', 'id-token:write'];
      if (!permissions) return [`${name} does not list its permissions`];
      const given = Object.entries(permissions).map(([scope, right]) => `${scope}:${right}`);
      return given.filter((right) => !allowed.includes(right)).map((right) => `${name} has ${right}`);
    }),
    ...complainUnless(!source.includes('secrets.'), 'a stored secret is read'),
  ];
}

/** Scripts contain no expressions, and jobs that can sign in install no packages. */
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

/** Every job runs on `main` only. */
export const checkBranch = (source: string): string[] =>
  Object.entries(readWorkflow(source).jobs)
    .filter(([, job]) => job.if !== "github.ref == 'refs/heads/main'")
    .map(([name]) => `${name} runs on other branches`);

/** The runner's validated address is allowed before the deployment, and removed afterwards in any case. */
export function checkRunner(source: string): string[] {
  const { steps } = jobNamed(source, 'deploy');
  const allow = indexOf(steps, runs(/commands\/runner-access\/main\.ts allow "\$SITE" "\$address"/));
  const remove = indexOf(steps, runs(/commands\/runner-access\/main\.ts remove "\$SITE"/));
  const publish = indexOf(steps, runs(/config-zip/));
  return [
    ...complainUnless(allow >= 0 && allow < publish, 'the runner is not allowed before the package is deployed'),
    ...complainUnless(remove === steps.length - 1, 'the rule of the runner is not removed at the end'),
    ...complainUnless(
      steps[remove]?.if?.startsWith('always()') ?? false,
      'the rule of the runner remains after a failure',
    ),
    ...complainUnless(!source.includes('access-restriction'), 'Flex Consumption refuses access-restriction'),
    ...complainUnless(!source.includes('webapp auth'), 'webapp auth does not support auth V2'),
  ];
}

/** The step before the smoke test signs in again, because a GitHub assertion expires after 5 minutes. */
export function checkSecondLogin(source: string): string[] {
  const { steps } = jobNamed(source, 'deploy');
  const smoke = indexOf(steps, runs(/api\/v1\/connection/));
  const before = steps[smoke - 1];
  return [
    ...complainUnless(before?.uses?.startsWith('azure/login@') ?? false, 'no second login before the smoke test'),
    ...complainUnless(before?.if === steps[smoke]?.if, 'the second login has another condition than the smoke test'),
  ];
}

/** The workflow deploys no roles and no locks, because its identity has only Contributor. */
export function checkRights(source: string): string[] {
  const deployments = stepsOf(readWorkflow(source)).flatMap(({ run }) =>
    (run ?? '').split('\n').filter((line) => /az deployment group (create|what-if)/.test(line)),
  );
  return [
    ...complainUnless(deployments.length === 2, 'expected one what-if and one deployment'),
    ...deployments.filter((line) => !line.includes('--parameters deployRights=false')),
    ...complainUnless(!/az (role|lock) /.test(source), 'the workflow changes roles or locks'),
  ];
}

/** `npm run bicep` runs, after a check that `dotnet` is installed. */
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
