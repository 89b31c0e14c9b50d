import type { Context } from './context.ts';
import { findCountryRules } from './country-rules.ts';
import { refuse, type Reply } from './reply.ts';

/** `GET /v1/countryvalidationrules/{country}`. */
export function readCountryRules({ parameters, knobs }: Context): Reply {
  const country = (parameters[0] ?? '').toUpperCase();
  const found = findCountryRules(country);
  if (!found) {
    return refuse(knobs.unknownCountryStatus, 2000, `No validation rules were found for the country ${country}.`);
  }
  const changes = knobs.countryRules[country];
  if (!changes) return { status: 200, text: found.text };
  const changed = Object.entries({ ...found.rules, ...changes }).filter(([, value]) => value !== null);
  return { status: 200, json: Object.fromEntries(changed) };
}
