import { expect, test } from 'vitest';
import { fileOf, infraText, readInfra, type Infra, type Parameter } from './infra.ts';

const infra = readInfra();
const main = fileOf(infra, 'main.bicep');
const looksSecret = /password|passphrase|clientsecret|apikey|accesskey|webhook|sastoken|connectionstring$/i;

/** Complaints about a parameter: no description, no bounds, or a secret without @secure. */
function judge({ name, type, decorators }: Parameter): string[] {
  const bounds = type === 'int' ? ['minValue', 'maxValue'] : ['maxLength'];
  const free = type === 'bool' || type === 'object' || decorators.has('allowed');
  return [
    ...(decorators.has('description') ? [] : [`${name} has no description`]),
    ...(free || bounds.every((bound) => decorators.has(bound)) ? [] : [`${name} has no bounds`]),
    ...(looksSecret.test(name) && !type.startsWith('secure') ? [`${name} is not @secure`] : []),
  ];
}

/** Unknown parameters in a file, and required parameters that it lacks. */
function judgeFile(given: Infra['parameterFiles'], file: string): string[] {
  const named = Object.keys(given.get(file) ?? {});
  return [
    ...named.filter((name) => !main.parameters.some((one) => one.name === name)),
    ...main.parameters
      .filter(({ name, value }) => value === undefined && !named.includes(name))
      .map(({ name }) => name),
  ];
}

test('parameters have descriptions and bounds', () => {
  expect(main.parameters.length).toBeGreaterThan(40);
  expect(main.parameters.flatMap(judge)).toEqual([]);
});

test('a parameter without description, bounds and @secure is found', () => {
  const one = { name: 'clientSecret', type: 'string', value: undefined, decorators: new Map<string, string>() };
  expect(judge(one)).toHaveLength(3);
});

test('secure parameters have no default, and no output is a secret', () => {
  const secret = infra.files.flatMap(({ parameters }) => parameters.filter(({ type }) => type.startsWith('secure')));
  expect(secret.length).toBeGreaterThan(0);
  expect(secret.filter(({ value }) => value !== undefined)).toEqual([]);
  expect([...main.outputs.keys()].filter((name) => looksSecret.test(name))).toEqual([]);
});

test.each([...infra.parameterFiles.keys()])('%s contains only known parameters, and all required ones', (file) => {
  expect(judgeFile(infra.parameterFiles, file)).toEqual([]);
  const broken = new Map([[file, { adressValidation: { value: 'off' } }]]);
  expect(judgeFile(broken, file)).toContain('adressValidation');
  expect(judgeFile(broken, file)).toContain('alertEmails');
});

test.each(['dev', 'production'])('the snapshot %s uses every parameter of its file', (name) => {
  const option = infraText(`snapshots/${name}.bicepparam`);
  const given = Object.keys(infra.parameterFiles.get(`main.${name}.parameters.json`) ?? {});
  expect(given.filter((parameter) => !option.includes(`param ${parameter} =`))).toEqual([]);
});

test('the length of customerDomainSuffix is limited, because secret names are', () => {
  const suffix = main.parameters.find(({ name }) => name === 'customerDomainSuffix');
  expect(suffix?.decorators.get('maxLength')).toBe('85');
});
