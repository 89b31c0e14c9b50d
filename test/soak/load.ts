import { runScript } from '../recovery/simulation/run-script.ts';

export interface LoadFigures {
  readonly done: number;
  readonly calls: number;
  /** Megabytes, after a garbage collection. */
  readonly heap: number;
  readonly rss: number;
  readonly virtualSeconds: number;
}

export interface LoadResult {
  readonly figures: readonly LoadFigures[];
  /** Onboardings that did not succeed. */
  readonly wrong: readonly string[];
}

const script = new URL('run-load.ts', import.meta.url);

/** Onboards that many customers, 64 in parallel, with a tenth of all requests failing, in a separate process. */
export async function runLoad(
  count: number,
  appRoot: string | undefined,
  onFigures: (figures: LoadFigures) => void = () => undefined,
): Promise<LoadResult> {
  const told = ['--count', String(count), ...(appRoot === undefined ? [] : ['--app', appRoot])];
  const figures: LoadFigures[] = [];
  let wrong: readonly string[] = ['the load did not end'];
  const onLine = (line: string): void => {
    const read = JSON.parse(line) as LoadFigures | { wrong: readonly string[] };
    if ('wrong' in read) wrong = read.wrong;
    else {
      figures.push(read);
      onFigures(read);
    }
  };
  await runScript({ script, told, flags: ['--expose-gc'], onLine });
  return { figures, wrong };
}

/** Whether memory stayed flat: the last heap is about as large as the second one. Undefined for fewer than three figures. */
export function isFlat(figures: readonly Pick<LoadFigures, 'heap'>[]): boolean | undefined {
  const [, settled, ...later] = figures;
  const last = later.at(-1);
  return settled && last ? last.heap <= settled.heap * 1.25 + 10 : undefined;
}
