import { infraText } from './infra.ts';

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

/** Every alert that a Bicep file declares, by its name. */
export function readAlertNames(): string[] {
  const log = ['alerts-app', 'alerts-vault'].flatMap((file) =>
    [...infraText(`modules/${file}.bicep`).matchAll(/^ +name: '([a-z-]+)'$/gm)].map(([, name]) => name ?? ''),
  );
  const platform = [...infraText('modules/alerts-platform.bicep').matchAll(/section ([a-z-]+)\./g)].map(
    ([, name]) => name ?? '',
  );
  const watched = [...infraText('modules/alerts-platform.bicep').matchAll(/^ +name: '([a-z-]+-changed)'$/gm)];
  return [...log, ...platform, ...watched.map(([, name]) => name ?? '')]
    .filter((name) => !name.startsWith('alert-'))
    .sort();
}

/** The queries of a Bicep file that read the app's lines. */
export function readLineQueries(file: string): LineQuery[] {
  const pattern = /(?:name|title): '([^']+)'(?:(?!\b(?:name|title): ')[\s\S])*?query: '''([\s\S]*?)'''/g;
  return [...infraText(file).matchAll(pattern)]
    .map(([, name, query]) => ({ name: name ?? '', query: query ?? '' }))
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
