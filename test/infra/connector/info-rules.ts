import { type Rule, unless } from './rule.ts';

const products = /power ?(automate|apps|platform|bi|virtual)|logic ?apps?|copilot|dataverse|dynamics|microsoft flow/i;
const categories = new Set(['IT Operations', 'Productivity', 'Business Management', 'Security', 'Data', 'Website']);
const namedBy = (metadata: readonly { propertyName: string; propertyValue: string }[], name: string): string =>
  metadata.find(({ propertyName }) => propertyName === name)?.propertyValue ?? '';

/** What the certification asks of the file as a whole and of its `info`. */
export const infoRules: readonly Rule[] = [
  {
    title: 'stays under 1 MB',
    find: ({ text }) => unless(Buffer.byteLength(text) < 1_000_000, 'too large'),
    spoil: (connector) => void (connector.text = ' '.repeat(1_000_000)),
  },
  {
    title: 'is indented by four blanks',
    find: ({ text }) => unless(text.startsWith('{\n    "swagger"'), 'other indentation'),
    spoil: (connector) => void (connector.text = '{\n  "swagger"'),
  },
  {
    title: 'has a title of at most 30 characters without API, Connector or product names, alphanumeric at its end',
    find: ({ definition: { info } }) =>
      unless(
        info.title.length <= 30 &&
          !/\bAPI\b|connector/i.test(info.title) &&
          !products.test(info.title) &&
          !/[/\\<>*%&?]/.test(info.title) &&
          /[A-Za-z0-9]$/.test(info.title),
        info.title,
      ),
    spoil: ({ definition }) => void (definition.info.title = 'CSP Onboarding API'),
  },
  {
    title: 'has a description of 30 to 500 characters without the word API',
    find: ({ definition: { info } }) =>
      unless(
        info.description.length >= 30 && info.description.length <= 500 && !/\bAPIs?\b/i.test(info.description),
        info.description,
      ),
    spoil: ({ definition }) => void (definition.info.description = 'Onboards customers.'),
  },
  {
    title: 'names no product of the Power Platform anywhere',
    find: ({ definition }) => unless(!products.test(JSON.stringify(definition)), 'names a product'),
    spoil: ({ definition }) => void (definition.info.description += ' For Power Automate.'),
  },
  {
    title: 'has a contact with name, address and email',
    find: ({ definition: { info } }) =>
      unless(
        Boolean(info.contact?.name) &&
          info.contact?.url?.startsWith('https://') === true &&
          /^\S+@\S+\.\S+$/.test(info.contact?.email ?? ''),
        'contact',
      ),
    spoil: ({ definition }) => void delete definition.info.contact,
  },
  {
    title: 'has a website, a privacy policy and at most two categories of the list',
    find: ({ definition: { 'x-ms-connector-metadata': metadata } }) => {
      const found = namedBy(metadata, 'Categories').split(';');
      return [
        ...unless(namedBy(metadata, 'Website').startsWith('https://'), 'Website'),
        ...unless(namedBy(metadata, 'Privacy policy').startsWith('https://'), 'Privacy policy'),
        ...unless(found.length <= 2 && found.every((category) => categories.has(category)), 'Categories'),
      ];
    },
    spoil: ({ definition }) => void definition['x-ms-connector-metadata'].pop(),
  },
  {
    title: 'has a production host name and takes https alone',
    find: ({ definition: { host, schemes } }) => [
      ...unless(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !/localhost|^\d|\b(dev|test|staging)\b/.test(host), host),
      ...unless(schemes.join() === 'https', 'schemes'),
    ],
    spoil: ({ definition }) => void (definition.host = 'localhost:7071'),
  },
  {
    title: 'consumes and produces only what makers can read',
    find: ({ definition: { consumes, produces } }) =>
      [...consumes, ...produces].filter(
        (type) => !['application/json', 'text/plain', 'application/x-www-form-urlencoded'].includes(type),
      ),
    spoil: ({ definition }) => void definition.produces.push('application/problem+json'),
  },
  {
    title: 'defines the security that it requires, with an empty list of scopes',
    find: ({ definition: { security, securityDefinitions } }) => [
      ...unless(security.length > 0, 'none'),
      ...security
        .flatMap((requirement) => Object.entries(requirement))
        .flatMap(([name, scopes]) => unless(name in securityDefinitions && scopes.length === 0, name)),
    ],
    spoil: ({ definition }) => void definition.security.push({ other: [] }),
  },
  {
    title:
      'comes with a readme that names import, connection, retries, the error branch and the version of the password',
    find: ({ readme }) =>
      ['Import', 'connection', 'retry policy', 'has failed', 'passwordSecretId', 'version'].filter(
        (word) => !readme.includes(word),
      ),
    spoil: (connector) => void (connector.readme = '# Connector'),
  },
];
