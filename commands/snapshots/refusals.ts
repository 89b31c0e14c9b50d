import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { root } from './compiler.ts';

/** Parameters that main.bicep must refuse, as lines of a parameter file, and a part of the message that it must give. */
export interface Refusal {
  readonly parameters: string;
  readonly message: string;
}

const nameMessage = 'environmentName can contain lower-case letters, digits and single hyphens';

/** At least one case for every `fail()` in main.bicep. */
export const refusals: readonly Refusal[] = [
  { parameters: "param environmentName = 'Dev_1'", message: nameMessage },
  { parameters: "param environmentName = 'a--b'", message: nameMessage },
  { parameters: "param callerAuthentication = 'entra'", message: 'callerAuthentication entra requires apiClientId' },
  { parameters: 'param onboardingLeaseSeconds = 14', message: 'onboardingLeaseSeconds must be 0, or 15 to 300' },
  { parameters: "param fallbackLocation = 'West Europe'", message: 'fallbackLocation must be a different region' },
  { parameters: "param networkAddressPrefix = '10.40.0.0/27'", message: 'networkAddressPrefix must be /26 or larger' },
  { parameters: "param alertEmails = [\n  ' '\n]", message: 'alertEmails must contain at least one email address' },
  {
    parameters: `param customerDomainSuffix = '${'a'.repeat(62)}.${'b'.repeat(22)}'`,
    message: 'customerDomainSuffix must have at most 85 characters, including the leading dot',
  },
];

/** Writes a parameter file for the refusal, passes its path to `use`, and deletes it. */
export function withParameterFile<T>({ parameters }: Refusal, use: (path: string) => T): T {
  const folder = '.bicep/refusals';
  const path = `${folder}/refused.bicepparam`;
  const start = ["using '../../infra/main.bicep'", "extends '../../infra/snapshots/defaults.bicepparam'"];
  mkdirSync(`${root}${folder}`, { recursive: true });
  writeFileSync(`${root}${path}`, [...start, '', parameters, ''].join('\n'));
  try {
    return use(path);
  } finally {
    rmSync(`${root}${folder}`, { recursive: true });
  }
}
