import { parseArgs } from 'node:util';
import { ProbeRefusal } from './probe-refusal.ts';

export interface ProbeOptions {
  readonly sandbox: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly tryUndeletable: boolean;
  readonly budget: number;
  readonly journal: string;
  readonly customer: string | undefined;
  readonly addresses: string | undefined;
  /** Milliseconds. */
  readonly wait: number;
  /** Milliseconds after the create at which it is repeated. */
  readonly repeatAfter: readonly number[];
}

export const usage = `npm run probe -- --sandbox [OPTIONS]

Answers by experiment what Partner Center's documentation leaves open, in an integration sandbox: creates customers there, asks,
deletes them again, and prints a table. Reads the same settings as the function (PARTNER_VAULT_URL, CREDENTIAL_VAULT_URL,
PARTNER_CLOUD, PARTNER_AUTH_FLOW, …) from the environment and opens the partner vault with your own Azure sign-in ("az login").

  --sandbox          says that the settings are those of an integration sandbox; without it nothing is sent
  --yes              do not ask before customers are created
  --json             print JSON instead of a Markdown table
  --budget NUMBER    create at most that many customers (5; the sandbox holds 75)
  --customer FILE    JSON with the fields of a request, without domain, that the sandbox's country takes (a US customer)
  --addresses FILE   JSON list of addresses of that country that may be doubtful (the customer's own, spoilt in several ways)
  --try-undeletable  try an address of status None too; such a customer cannot be deleted
  --long MINUTES     repeat the create until so long after it (1)
  --wait SECONDS     wait so long for a customer to show in list and audit log (300)
  --journal FILE     where the customers to delete are noted (.probe-journal.json)
  --help             print this`;

/** Reads the command line; throws `ProbeRefusal` if it is invalid. */
export function readOptions(args: readonly string[]): ProbeOptions {
  const { values } = parse(args);
  const long = readNumber('--long', values.long ?? '1', [1, 1440]) * 60_000;
  const repeats = [10_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000].filter((after) => after < long);
  return {
    sandbox: values.sandbox === true,
    yes: values.yes === true,
    json: values.json === true,
    help: values.help === true,
    tryUndeletable: values['try-undeletable'] === true,
    budget: readNumber('--budget', values.budget ?? '5', [1, 20]),
    journal: values.journal ?? '.probe-journal.json',
    customer: values.customer,
    addresses: values.addresses,
    wait: readNumber('--wait', values.wait ?? '300', [0, 7200]) * 1000,
    repeatAfter: [...repeats, long],
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const flags = { sandbox: flag, yes: flag, json: flag, help: flag, 'try-undeletable': flag };
  const texts = { budget: text, customer: text, addresses: text, long: text, wait: text, journal: text };
  try {
    return parseArgs({ args: [...args], options: { ...flags, ...texts } });
  } catch {
    throw new ProbeRefusal(`The command line is not understood.\n\n${usage}`);
  }
}

function readNumber(option: string, text: string, [min, max]: readonly [number, number]): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (number < min || number > max) throw new ProbeRefusal(`${option} must be a whole number from ${min} to ${max}.`);
  return number;
}
