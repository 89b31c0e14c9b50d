import type { StoredRow } from './row-store.ts';

type Value = string | number | boolean | undefined;
type Condition = (row: StoredRow) => boolean;
type Operand = (row: StoredRow) => Value;

const token = /\s*(?:(\(|\))|(?:datetime|guid)?'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)L?(?![\w.])|([A-Za-z_]\w*))/y;

const comparisons: Readonly<Record<string, (a: string | number | boolean, b: string | number | boolean) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

interface Token {
  readonly kind: 'bracket' | 'text' | 'number' | 'word';
  readonly text: string;
}

/** A parsed `$filter`; undefined if it is invalid. A row without the property matches no comparison with it. */
export function readFilter(text: string): Condition | undefined {
  const tokens = readTokens(text);
  if (!tokens) return undefined;
  let at = 0;
  const word = (expected: string): boolean => {
    const found = tokens[at]?.kind !== 'text' && tokens[at]?.text === expected;
    if (found) at++;
    return found;
  };

  const either = (): Condition => {
    const left = both();
    if (!word('or')) return left;
    const right = either();
    return (row) => left(row) || right(row);
  };
  const both = (): Condition => {
    const left = one();
    if (!word('and')) return left;
    const right = both();
    return (row) => left(row) && right(row);
  };
  const one = (): Condition => {
    if (word('not')) {
      const inner = one();
      return (row) => !inner(row);
    }
    if (!word('(')) return comparison();
    const inner = either();
    if (!word(')')) throw new SyntaxError('a bracket is not closed');
    return inner;
  };
  const comparison = (): Condition => {
    const left = operand(tokens[at++]);
    const compare = comparisons[tokens[at++]?.text ?? ''];
    const right = operand(tokens[at++]);
    if (!compare) throw new SyntaxError('there is no such comparison');
    return (row) => {
      const [a, b] = [left(row), right(row)];
      return a !== undefined && b !== undefined && typeof a === typeof b && compare(a, b);
    };
  };

  try {
    const condition = either();
    return at === tokens.length ? condition : undefined;
  } catch {
    return undefined;
  }
}

function operand(found: Token | undefined): Operand {
  if (found === undefined || found.kind === 'bracket') throw new SyntaxError('a value is missing');
  const { kind, text } = found;
  if (kind === 'text') return () => text;
  if (kind === 'number') return () => Number(text);
  if (text === 'true' || text === 'false') return () => text === 'true';
  if (text === 'PartitionKey') return (row) => row.partitionKey;
  if (text === 'RowKey') return (row) => row.rowKey;
  if (text === 'Timestamp') return (row) => row.written;
  return (row) => row.properties[text]?.value;
}

function readTokens(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed);
    if (!found) return undefined;
    const [, bracket, literal, number, word] = found;
    if (bracket !== undefined) tokens.push({ kind: 'bracket', text: bracket });
    else if (literal !== undefined) tokens.push({ kind: 'text', text: literal.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}
