import './virtual-time.ts';
import { unhandled } from './find-lasting.ts';
import { simulate } from './simulate.ts';
import { parseArgs } from 'node:util';

/** Runs a range of seeds in this process and prints one line of JSON for each; the parent reads them. */
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '1' },
    app: { type: 'string' },
    focus: { type: 'string', default: '{}' },
    trace: { type: 'boolean', default: false },
    stop: { type: 'boolean', default: false },
  },
});
process.on('unhandledRejection', (reason) => {
  console.log(JSON.stringify({ seed: unhandled, violations: [`unhandled rejection: ${String(reason)}`] }));
  process.exit(1);
});
const from = Number(values.from);
for (let seed = from; seed < from + Number(values.count); seed++) {
  const trace = values.trace ? (line: string) => console.log(line) : undefined;
  const result = await simulate(seed, { appRoot: values.app, focus: JSON.parse(values.focus) as object, trace });
  console.log(JSON.stringify(result));
  if (values.stop && result.violations.length > 0) break;
}
process.exit();
