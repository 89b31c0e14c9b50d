import { deflateSync } from 'node:zlib';
import { decodeIcon } from './connector.ts';
import { type Rule, unless } from './rule.ts';

const stride = 230 * 3 + 1;

/** What the certification asks of apiProperties.json and the icon. */
export const propertyRules: readonly Rule[] = [
  {
    title: 'asks a connection for a secure key, or signs in with Entra and the registered redirect',
    find: ({ properties: { connectionParameters } }) => {
      const [parameter] = Object.values(connectionParameters);
      const oauth = JSON.stringify(parameter?.oAuthSettings ?? {});
      const isEntra =
        parameter?.type === 'oauthSetting' &&
        oauth.includes('"identityProvider":"aad"') &&
        oauth.includes('https://global.consent.azure-apim.net/redirect');
      return unless(parameter?.type === 'securestring' || isEntra, 'connectionParameters');
    },
    spoil: ({ properties }) => {
      for (const parameter of Object.values(properties.connectionParameters)) parameter.type = 'string';
    },
  },
  {
    title: 'calls the host that a connection names, by https and with the base path of the definition',
    find: ({ definition, properties: { connectionParameters, policyTemplateInstances } }) => {
      const [policy, ...others] = policyTemplateInstances;
      const template = policy?.parameters['x-ms-apimTemplateParameter.urlTemplate'];
      return [
        ...unless(policy?.templateId === 'dynamichosturl' && others.length === 0, 'policyTemplateInstances'),
        ...unless(template === `https://@connectionParameters('hostUrl')${definition.basePath}`, 'urlTemplate'),
        ...unless(connectionParameters['hostUrl']?.type === 'string', 'hostUrl'),
        ...unless(connectionParameters['hostUrl']?.uiDefinition?.constraints.required === 'true', 'required'),
      ];
    },
    spoil: ({ definition }) => void (definition.basePath = '/'),
  },
  {
    title: 'names both redirect addresses in its readme, and one for each connector',
    find: ({ readme }) =>
      ['https://global.consent.azure-apim.net/redirect', 'https://global-test.consent.azure-apim.net/redirect'].filter(
        (address) => !readme.includes(address),
      ),
    spoil: (connector) => void (connector.readme = connector.readme.replaceAll('global-test', 'global')),
  },
  {
    title: 'offers actions, with a list of policies, a publisher and no stack owner',
    find: ({ properties }) => [
      ...unless(properties.capabilities.join() === 'actions', 'capabilities'),
      ...unless(Array.isArray(properties.policyTemplateInstances), 'policyTemplateInstances'),
      ...unless(properties.publisher.length > 0, 'publisher'),
      ...unless(properties.stackOwner === undefined, 'stackOwner'),
    ],
    spoil: ({ properties }) => void (properties.stackOwner = 'Contoso'),
  },
  {
    title: 'has a brand colour that is neither white nor the default blue',
    find: ({ properties: { iconBrandColor: color } }) =>
      unless(/^#[0-9a-f]{6}$/i.test(color) && !/^#(ffffff|007ee5)$/i.test(color), color),
    spoil: ({ properties }) => void (properties.iconBrandColor = '#007ee5'),
  },
  {
    title: 'has an opaque icon of 230 by 230 pixels under 1 MB',
    find: ({ icon }) => {
      const { width, height, colorType } = decodeIcon(icon);
      return unless(width === 230 && height === 230 && colorType === 2 && icon.length < 1_000_000, 'icon');
    },
    spoil: ({ icon }) => void icon.writeUInt8(6, 25),
  },
  {
    title: 'has the brand colour in the corners of the icon',
    find: ({ icon, properties }) => {
      const { rows } = decodeIcon(icon);
      const corners = [1, 229 * 3 + 1, 229 * stride + 1, 229 * stride + 229 * 3 + 1];
      return corners
        .map((at) => `#${rows.toString('hex', at, at + 3)}`)
        .filter((color) => color !== properties.iconBrandColor);
    },
    spoil: ({ properties }) => void (properties.iconBrandColor = '#0f5c6f'),
  },
  {
    title: 'has a logo of about 160 pixels in the middle of the icon',
    find: ({ icon }) => {
      const { rows } = decodeIcon(icon);
      const painted = [...Array(230).keys()].filter((x) =>
        [...Array(230).keys()].some(
          (y) => !rows.subarray(1, 4).equals(rows.subarray(y * stride + 1 + x * 3, y * stride + 4 + x * 3)),
        ),
      );
      const [from = 0, to = 0] = [painted[0], painted.at(-1)];
      return unless(Math.abs(to - from + 1 - 160) <= 4 && Math.abs(from + to - 229) <= 4, `from ${from} to ${to}`);
    },
    spoil: (connector) => {
      const start = connector.icon.indexOf('IDAT') - 4;
      const data = deflateSync(Buffer.alloc(230 * stride));
      const chunk = Buffer.alloc(12 + data.length);
      chunk.writeUInt32BE(data.length);
      chunk.write('IDAT', 4, 'latin1');
      data.copy(chunk, 8);
      connector.icon = Buffer.concat([connector.icon.subarray(0, start), chunk]);
    },
  },
];
