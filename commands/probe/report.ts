import type { LeftBehind } from './clean-up.ts';
import type { Row } from './question.ts';

export interface ProbeReport {
  readonly partnerCenterUrl: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly customersCreated: number;
  readonly interrupted: boolean;
  readonly rows: readonly Row[];
  readonly leftBehind: readonly LeftBehind[];
}

/** The report as a Markdown table. */
export function toMarkdown({ rows, startedAt, partnerCenterUrl, customersCreated }: ProbeReport): string {
  const lines = rows.map(({ question, sent, came, answer, verdict, assumption, means, change }) => {
    const where = change === undefined ? '' : ` Change: ${change}.`;
    return line([question, sent, `${came} (\`${answer}\`)`, `**${verdict}** “${assumption}” ${means}${where}`]);
  });
  return [
    `Partner Center probe of ${partnerCenterUrl}, ${startedAt}, customers created: ${customersCreated}`,
    '',
    line(['Question', 'What was sent', 'What came back', 'What it confirms or breaks, and where to change it']),
    line(['---', '---', '---', '---']),
    ...lines,
    '',
  ].join('\n');
}

/** The report as JSON. */
export function toJson(report: ProbeReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** The customers left behind, and what happens to them. */
export function describeLeft(left: readonly LeftBehind[]): string {
  const items = left.map(
    ({ domain, customerId, reason }) => `- ${domain} (${customerId ?? 'id not known'}): ${reason}`,
  );
  return ['Left behind; the next start tries to delete it:', ...items].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}
