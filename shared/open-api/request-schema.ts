import { culturesOf, documentedCountries } from '../data/locales.ts';
import { customerRequestSchema } from '../schema/customer-request.ts';

/**
 * The schema of a request as both documents show it: country and culture as lists to choose from. The validator does not know the lists,
 * because the service accepts any case and `UK`.
 */
export function describeRequest() {
  const { country, culture } = customerRequestSchema.properties;
  const [{ pattern: _country, ...countries }, { pattern: _culture, ...cultures }] = [country, culture];
  return {
    ...customerRequestSchema,
    properties: {
      ...customerRequestSchema.properties,
      country: { ...countries, enum: documentedCountries().toSorted(compare) },
      culture: { ...cultures, enum: [...new Set(documentedCountries().flatMap(culturesOf))].sort(compare) },
    },
  };
}

/** The same order on every machine, whatever its language. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
