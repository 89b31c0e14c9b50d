/** One line of the table: the measure, its values, and the bar for the median. */
export interface Figure {
  readonly measure: string;
  readonly figure: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Minimum, median and maximum. */
export function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { min: sorted[0] ?? NaN, median: sorted[Math.floor(sorted.length / 2)] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** Whether the median meets the bar; undefined if there is none. */
export function keepsBar({ values, atMost, atLeast }: Figure): boolean | undefined {
  const { median } = spread(values);
  if (atMost !== undefined) return median <= atMost;
  return atLeast === undefined ? undefined : median >= atLeast;
}

/** The figures as a table in Markdown, aligned as Prettier does. */
export function formatTable(figures: readonly Figure[]): string {
  const head = ['Measure', 'Figure', 'Bar', 'Median', 'Min', 'Max', 'Unit', 'Met'];
  const rows = figures.map((one) => {
    const { min, median, max } = spread(one.values);
    const kept = keepsBar(one);
    const bar = one.atMost !== undefined ? `<= ${one.atMost}` : one.atLeast !== undefined ? `>= ${one.atLeast}` : '';
    const verdict = kept === undefined ? '' : kept ? 'yes' : '**missed**';
    return [one.measure, one.figure, bar, ...[median, min, max].map(formatNumber), one.unit, verdict];
  });
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function formatNumber(value: number): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
