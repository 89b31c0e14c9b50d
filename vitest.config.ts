import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const report = process.env['CSP_TEST_REPORT'];

/** What changes its whole process (its variables, the identity endpoint that the SDK keeps for good) has one of its own. */
const apart = [
  'test/recovery/simulation/*.test.ts',
  'test/*/internal-error.test.ts',
  'test/unit/network/{renewed-tokens,developer-sign-in}.test.ts',
  'test/local/*/{entra-assertions,identity,key-vault}.test.ts',
];
/** What shares an identity endpoint and watches the console, and may not meet the rest. */
const signIn = ['test/unit/sign-in/*.test.ts'];
const longest = [/simulation/, /(matrices\/crash|scenarios\/(take-over|not-stored|retry-after))/, /recovery\//];

/** The longest tests start first, also where no earlier run tells which they are. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = longest.flatMap((pattern) => sorted.filter(({ moduleId }) => pattern.test(moduleId)));
    return [...new Set([...first, ...sorted])];
  }
}

export default defineConfig({
  test: {
    maxWorkers: 5,
    pool: 'threads',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
    projects: [
      { extends: true, test: { name: 'apart', include: apart, isolate: true } },
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...apart, ...signIn], isolate: false },
      },
      { extends: true, test: { name: 'sign-in', include: signIn, isolate: false } },
    ],
  },
});
