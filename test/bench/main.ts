import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startRig, type BenchRig } from './bench-rig.ts';
import { formatTable, keepsBar, spread, type Figure } from './figure.ts';
import { measureCold } from './measures/cold.ts';
import { measureLatency } from './measures/latency.ts';
import { measurePackage } from './measures/package-size.ts';
import { measureRoundTrips } from './measures/round-trips.ts';
import { measureScale } from './measures/scale.ts';
import { measureSteadiness } from './measures/steadiness.ts';
import { measureThroughput } from './measures/throughput.ts';

const measures: Readonly<Record<string, (rig: BenchRig) => Promise<Figure[]>>> = {
  package: measurePackage,
  'round-trips': measureRoundTrips,
  cold: measureCold,
  latency: measureLatency,
  throughput: measureThroughput,
  steadiness: measureSteadiness,
  scale: measureScale,
};

const usage = `npm run bench -- [--only ${Object.keys(measures).join(',')}] [--quick] [--json]`;

/** Runs the measures one after another, each against its baseline; exit code 1 if a bar is missed. */
async function runBench(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const chosen = values.only?.split(',') ?? Object.keys(measures);
  const unknown = chosen.find((name) => !(name in measures));
  if (unknown !== undefined) throw new Error(`There is no measure ${unknown}. Use ${usage}`);
  const before = readLoad();
  const rig = await startRig(values.quick ? 0.2 : 1);
  const figures: Figure[] = [];
  for (const name of chosen) {
    console.error(`measuring ${name} …`);
    figures.push(...((await measures[name]?.(rig)) ?? []));
  }
  await rig.upstreams.stop();
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${before} before and ${readLoad()} after`;
  const lines = figures.map((figure) => ({ ...figure, ...spread(figure.values), met: keepsBar(figure) }));
  console.log(
    values.json ? JSON.stringify({ machine, figures: lines }, null, 2) : `${machine}\n\n${formatTable(figures)}`,
  );
  return figures.some((figure) => keepsBar(figure) === false) ? 1 : 0;
}

function readLoad(): string {
  return (loadavg()[0] ?? NaN).toFixed(1);
}

// Keep-alive connections would keep the process running.
process.exit(await runBench());
