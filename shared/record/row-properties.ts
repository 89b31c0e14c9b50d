import type { TableProperties } from '../table-storage/table.ts';
import type { Attempt, Row, RowState } from './row.ts';

const states: readonly string[] = ['Open', 'Refused', 'Resetting', 'Succeeded'] satisfies RowState[];

/** The columns of a row. `writeToken` is new with every write, so that a writer recognizes its own write if the response was lost. */
export function toProperties(row: Row, writeToken: string): TableProperties {
  const { attempts, lease, credentials, ...plain } = row;
  const columns: Record<string, string | number | boolean | undefined> = {
    ...plain,
    attempts: JSON.stringify(attempts),
    leaseHolder: lease?.holder,
    leaseSeconds: lease?.seconds,
    ...credentials,
    startedAt: attempts[0] && new Date(attempts[0].sentAt).toISOString(),
    writeToken,
  };
  // The table would need an explicit type for numbers beyond 32 bits.
  if (row.unansweredAt !== undefined) columns['unansweredAt'] = new Date(row.unansweredAt).toISOString();
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
  );
}

/** The row of these columns; undefined if they are malformed, for example after a manual edit. */
export function fromProperties(columns: TableProperties): Row | undefined {
  const text = (name: string): string | undefined => {
    const value = columns[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const attempts = readAttempts(text('attempts'));
  const { state, current, leaseSeconds, taken } = columns;
  const inRange = typeof current === 'number' && Number.isInteger(current) && attempts?.[current] !== undefined;
  if (typeof state !== 'string' || !states.includes(state) || !attempts || !inRange) return undefined;
  const [holder, vault, userNameVersion, passwordVersion] = [
    text('leaseHolder'),
    text('vault'),
    text('userNameVersion'),
    text('passwordVersion'),
  ];
  const credentials =
    vault && userNameVersion && passwordVersion ? { vault, userNameVersion, passwordVersion } : undefined;
  if (state === 'Succeeded' && (!credentials || text('customerId') === undefined)) return undefined;
  const unansweredAt = Date.parse(text('unansweredAt') ?? '');
  const row: Row = {
    state: state as RowState,
    attempts,
    current,
    ...(taken === true ? { taken } : {}),
    ...(holder && typeof leaseSeconds === 'number' ? { lease: { holder, seconds: leaseSeconds } } : {}),
    ...(Number.isNaN(unansweredAt) ? {} : { unansweredAt }),
    ...(credentials ? { credentials } : {}),
  };
  for (const name of ['customerId', 'commerceId', 'adminUserName', 'outcome'] as const) {
    const value = text(name);
    if (value !== undefined) Object.assign(row, { [name]: value });
  }
  return row;
}

const texts = ['requestId', 'fingerprint', 'createCorrelationId', 'country', 'culture', 'language'] as const;

function readAttempts(json: string | undefined): Attempt[] | undefined {
  try {
    const list = JSON.parse(json ?? '') as unknown;
    if (!Array.isArray(list) || list.length === 0) return undefined;
    return list.every(isAttempt) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isAttempt(value: unknown): value is Attempt {
  const attempt = (value ?? {}) as Record<string, unknown>;
  return (
    texts.every((name) => typeof attempt[name] === 'string') &&
    typeof attempt['enableGDAPByDefault'] === 'boolean' &&
    Number.isFinite(attempt['sentAt']) &&
    Number.isInteger(attempt['number']) &&
    (attempt['refusal'] === undefined || isRefusal(attempt['refusal']))
  );
}

function isRefusal(value: unknown): boolean {
  const { status, code = '', target = '' } = (value ?? {}) as Record<string, unknown>;
  return Number.isInteger(status) && [code, target].every((text) => /^\w{0,40}$/.test(String(text)));
}
