import { at, ofType, snapshotOf, type Resource } from './snapshot.ts';

/** A query on the app's own lines, in an alert or in a panel of the workbook. */
export interface LineQuery {
  readonly name: string;
  readonly query: string;
  /** Values that the query compares `line.event` with; empty means any event. */
  readonly events: readonly string[];
  /** Properties of a line that the query reads. */
  readonly fields: readonly string[];
  /** Values that the query compares other properties with, by property. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const prefix = 'csponb-dev-';
const dev = snapshotOf('dev');
const alertsOf = (type: string): Resource[] => ofType(dev, `Microsoft.Insights/${type}`);

/** Every alert of the deployment, by the section of the runbook that it sends people to. */
export function readAlertNames(): string[] {
  const all = ['scheduledQueryRules', 'metricAlerts', 'activityLogAlerts'].flatMap((type) => alertsOf(type));
  const sections = all.map((one) => /section ([a-z-]+)\.$/.exec(String(at(one, 'properties.description')))?.[1] ?? '');
  return [...new Set(sections)].sort();
}

/** The alerts that read the app's lines. */
export function readAlertQueries(): LineQuery[] {
  const rules = alertsOf('scheduledQueryRules').map((one) => ({
    name: one.name.slice(prefix.length),
    query: String(at(one, 'properties.criteria.allOf.0.query')),
  }));
  return readLineQueries(rules);
}

/** The panels of the workbook that read the app's lines. */
export function readPanelQueries(): LineQuery[] {
  const data = String(at(alertsOf('workbooks')[0], 'properties.serializedData'));
  const { items } = JSON.parse(data) as { items: { name: string; content: { query: string } }[] };
  return readLineQueries(items.map(({ name, content: { query } }) => ({ name, query })));
}

function readLineQueries(all: readonly { readonly name: string; readonly query: string }[]): LineQuery[] {
  return all
    .filter(({ query }) => query.includes('parse_json(Message)'))
    .map(({ name, query }) => {
      const compared = readComparisons(query);
      return {
        name,
        query,
        events: compared.get('event') ?? [],
        fields: [...new Set([...query.matchAll(/\bline\.(\w+)/g)].map(([, field]) => field ?? ''))],
        values: new Map([...compared].filter(([field]) => field !== 'event' && field !== 'correlationId')),
      };
    });
}

function readComparisons(query: string): Map<string, string[]> {
  const found = query.matchAll(/tostring\(line\.(\w+)\) (?:==|in) (\([^)]*\)|'[^']*')/g);
  return new Map(
    [...found].map(([, field, list]) => [
      field ?? '',
      [...(list ?? '').matchAll(/'([^']*)'/g)].map(([, value]) => value ?? ''),
    ]),
  );
}
