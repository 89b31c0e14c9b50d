/** One cell of a matrix: its position, its outcome and its breaches. */
export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly outcome: string;
  readonly breaches: readonly string[];
}

const short: Readonly<Record<string, string>> = {
  VaultUnavailable: 'vault',
  PartnerCenterError: 'center',
  PartnerAuthenticationFailed: 'auth',
  ConfigurationError: 'config',
  OutcomeUnknown: 'unknown',
  OnboardingInProgress: 'running',
  CredentialsNotStored: 'unstored',
  CredentialsLost: 'lost',
  RejectedByPartnerCenter: 'refused',
  DomainTaken: 'taken',
  CountryRule: 'rule',
  Throttled: 'throttled',
};

/** An answer in a word: its error code, shortened, or its status. */
export function nameAnswer(answer: { readonly status: number; readonly code: string | undefined } | undefined): string {
  return short[answer?.code ?? ''] ?? answer?.code ?? String(answer?.status ?? 'none');
}

/** A matrix as text, its columns in the given order, if any; `!` marks an outcome with a breach. */
export function drawTable(title: string, cells: readonly Cell[], order: readonly string[] = []): string {
  const rows = [...new Set(cells.map(({ row }) => row))];
  const used = cells.map(({ column }) => column);
  const columns = [...new Set([...order.filter((column) => used.includes(column)), ...used])];
  const entry = (row: string, column: string): string => {
    const found = cells.filter((cell) => cell.row === row && cell.column === column);
    return [...new Set(found.map(({ outcome, breaches }) => `${breaches.length > 0 ? '!' : ''}${outcome}`))].join('/');
  };
  const lines = [['', ...columns], ...rows.map((row) => [row, ...columns.map((column) => entry(row, column))])];
  const widths = [...Array(columns.length + 1).keys()].map((index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  const draw = (line: readonly string[]): string =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [`\n${title}: ${cells.length} cells`, ...lines.map(draw)].join('\n');
}

/** The breaches of all cells, each with its position. */
export function listBreaches(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ row, column, breaches }) => breaches.map((breach) => `${row} | ${column}: ${breach}`));
}
