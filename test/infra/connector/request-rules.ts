import { document } from '../../api/documented.ts';
import type { Connector, Property } from './connector.ts';
import { type Rule, unless } from './rule.ts';

const request = ({ definition }: Connector): Property => definition.definitions['CustomerRequest']!;
const property = (connector: Connector, name: string): Property => request(connector).properties![name]!;
const documented = (document.components.schemas['CustomerRequest'] as Property).properties ?? {};

/** What makers need of the fields that they fill in. */
export const requestRules: readonly Rule[] = [
  {
    title: 'offers countries and cultures as dropdowns, countries with their names',
    find: (connector) => [
      ...unless((property(connector, 'country').enum ?? []).length > 200, 'country'),
      ...unless((property(connector, 'culture').enum ?? []).length > 100, 'culture'),
      ...unless(
        JSON.stringify(property(connector, 'country')['x-ms-enum-values'] ?? []).includes('"Germany"'),
        'names of countries',
      ),
    ],
    spoil: (connector) => void delete property(connector, 'country').enum,
  },
  {
    title: 'offers the same countries and cultures as the OpenAPI document',
    find: (connector) =>
      ['country', 'culture'].filter(
        (name) => JSON.stringify(property(connector, name).enum) !== JSON.stringify(documented[name]?.enum),
      ),
    spoil: (connector) => void property(connector, 'culture').enum?.pop(),
  },
  {
    title: 'shows every required field, and marks every optional one as important or advanced',
    find: (connector) => {
      const { required = [], properties = {} } = request(connector);
      return Object.entries(properties).flatMap(([name, { 'x-ms-visibility': shown = 'none' }]) =>
        unless(required.includes(name) ? shown === 'important' : ['important', 'advanced'].includes(shown), name),
      );
    },
    spoil: (connector) => void delete property(connector, 'city')['x-ms-visibility'],
  },
  {
    title: 'presets what most customers want',
    find: (connector) => unless(property(connector, 'enableGDAPByDefault').default === true, 'enableGDAPByDefault'),
    spoil: (connector) => void delete property(connector, 'enableGDAPByDefault').default,
  },
];
