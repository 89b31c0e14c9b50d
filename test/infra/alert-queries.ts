import { at, ofType, snapshotOf, type Resource } from './snapshot.ts';

/** A query on the app's log lines, from an alert or a workbook panel. */
export interface LineQuery {
  readonly name: string;
  readonly query: string;
  /** Values that the query compares with `line.event`; empty for any event. */
  readonly events: readonly string[];
  /** Properties of a line that the query uses. */
  readonly fields: readonly string[];
  /** Values that the query compares with other properties, by property. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const prefix = 'csponb-dev-';
const dev = snapshotOf('dev');
const alertsOf = (type: string): Resource[] => ofType(dev, `Microsoft.Insights/${type}`);

/** The runbook sections named in the alerts of the deployment. */
export function readAlertNames(): string[] {
  const all = ['scheduledQueryRules', 'metricAlerts', 'activityLogAlerts'].flatMap((type) => alertsOf(type));
  const sections = all.map((one) => /section ([a-z-]+)\.$/.exec(String(at(one, 'properties.description')))?.[1] ?? '');
  return [...new Set(sections)].sort();
}

/** The alerts that query the app's log lines. */
export function readAlertQueries(): LineQuery[] {
  const rules = alertsOf('scheduledQueryRules').map((one) => ({
    name: one.name.slice(prefix.length),
    query: String(at(one, 'properties.criteria.allOf.0.query')),
  }));
  return readLineQueries(rules);
}

/** The workbook panels that query the app's log lines. */
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
