import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingNames } from '../../shared/settings/setting-names.ts';
import { clientCredentials, readSettings, SettingsError } from '../../shared/settings/settings.ts';
import { fileOf, readInfra } from './infra.ts';
import { snapshotOf, writtenSettings } from './snapshot.ts';

const root = new URL('../../', import.meta.url);
const infra = readInfra();

/** The settings that the code reads from its environment. */
function readNames(): string[] {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  try {
    readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
  }
  return [...asked].sort();
}

const names = readNames();
const exampleValues = (
  JSON.parse(readFileSync(new URL('local.settings.example.json', root), 'utf8')) as { Values: Record<string, unknown> }
).Values;

/** The settings without a default. */
const required = {
  PARTNER_VAULT_URL: 'https://partner.example',
  CREDENTIAL_VAULT_URL: 'https://credential.example',
  ONBOARDING_TABLE_URL: 'https://records.example/onboardings',
};

const deployed = [...writtenSettings(snapshotOf('dev')).keys()];

test('the code reads exactly the settings that it lists', () => {
  expect(names).toEqual([...settingNames].sort());
  expect(names).toHaveLength(23);
});

test('the deployment knows every setting that the code reads', () => {
  expect(names.filter((name) => !deployed.includes(name))).toEqual([]);
  expect(deployed).toContain('ONBOARDING_TABLE_URL');
});

test('local.settings.example.json has every setting, as text', () => {
  const own = Object.keys(exampleValues).filter((name) => !/^(FUNCTIONS_|AzureWebJobs)/.test(name));
  expect(own.sort()).toEqual(names);
  expect(Object.values(exampleValues).every((value) => typeof value === 'string')).toBe(true);
  expect(exampleValues['FUNCTIONS_WORKER_RUNTIME']).toBe('node');
});

test('the values of local.settings.example.json are the defaults', () => {
  const given = Object.fromEntries(Object.entries(exampleValues).map(([name, value]) => [name, String(value)]));
  expect(readSettings({ ...given, ...required })).toEqual(readSettings(required));
});

test('the defaults of the deployment are the defaults of the code', () => {
  const parameter = (name: string): string => {
    return fileOf(infra, 'main.bicep').parameters.find((one) => one.name === name)?.value ?? '';
  };
  const given = {
    ...required,
    PARTNER_CLOUD: parameter('partnerCloud'),
    PARTNER_AUTH_FLOW: parameter('partnerAuthFlow'),
    PARTNER_CLIENT_CREDENTIAL: parameter('partnerClientCredential'),
    PARTNER_SECRET_CACHE_SECONDS: parameter('partnerSecretCacheSeconds'),
    DEFAULT_CULTURE: parameter('defaultCulture'),
    DEFAULT_LANGUAGE: parameter('defaultLanguage'),
    ADDRESS_VALIDATION: parameter('addressValidation'),
    ONBOARDING_TIMEOUT_SECONDS: parameter('onboardingTimeoutSeconds'),
  };
  expect(readSettings(given)).toEqual(readSettings(required));
  // 0 means the default of the code.
  expect(parameter('onboardingLeaseSeconds')).toBe('0');
});

test('the deployment and docs/sign-in.md offer every credential of the partner app', () => {
  const offered = fileOf(infra, 'main.bicep').parameters.find(({ name }) => name === 'partnerClientCredential');
  expect(JSON.parse(offered?.decorators.get('allowed') ?? '[]')).toEqual([...clientCredentials]);
  const page = readFileSync(new URL('docs/sign-in.md', root), 'utf8');
  expect(clientCredentials.filter((name) => !page.includes(`(\`${name}\``))).toEqual([]);
});

test('the settings table of the README has every setting, once', () => {
  const section =
    readFileSync(new URL('README.md', root), 'utf8')
      .split(/^## Settings$/m)[1]
      ?.split(/^## /m)[0] ?? '';
  const cells = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell ?? '');
  const listed = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? ''));
  expect(listed.sort()).toEqual(names);
});
