import { parseArgs } from 'node:util';
import { ConsentRefusal } from './consent-refusal.ts';

export interface ConsentOptions {
  /** False only prints the address. */
  readonly browser: boolean;
  /** The port of `http://localhost:{port}/`, as it is registered with the app. */
  readonly port: number;
  /** Time limit for the person in milliseconds. */
  readonly timeout: number;
  readonly help: boolean;
}

export const usage = `npm run consent [-- OPTIONS]

Lets a person with multi-factor authentication consent to the app once, and stores the refresh token in the partner vault.
Reads the same settings as the function (PARTNER_VAULT_URL, CREDENTIAL_VAULT_URL, PARTNER_CLOUD, PARTNER_CLIENT_CREDENTIAL, …) from
the environment, and opens the vault with your own Azure sign-in ("az login").

  --no-browser       print the address, do not open a browser
  --port NUMBER      listen on http://localhost:NUMBER/ (8400); the app registration has to list that address
  --timeout SECONDS  how long to wait for the person (300)
  --help             print this`;

/** Reads the command line; throws `ConsentRefusal` if it is invalid. */
export function readOptions(args: readonly string[]): ConsentOptions {
  let values: { 'no-browser'?: boolean; port?: string; timeout?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        'no-browser': { type: 'boolean' },
        port: { type: 'string' },
        timeout: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch {
    throw new ConsentRefusal(`The command line is not understood.\n\n${usage}`);
  }
  return {
    browser: values['no-browser'] !== true,
    port: readNumber('--port', values.port ?? '8400', 65_535),
    timeout: readNumber('--timeout', values.timeout ?? '300', 3600) * 1000,
    help: values.help === true,
  };
}

function readNumber(option: string, text: string, max: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw new ConsentRefusal(`${option} must be a whole number from 1 to ${max}.`);
  return number;
}
