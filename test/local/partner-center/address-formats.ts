/** The address rules of the countries that have them; elsewhere only a city is required. */
export interface AddressFormat {
  readonly postalCodeRegex?: string;
  /** By default required if there is a pattern. */
  readonly postalCodeRequired?: boolean;
  readonly cityRequired?: boolean;
  readonly stateRequired?: boolean;
  readonly phoneNumberRegex?: string;
  readonly callingCode: string;
}

const anyPhone = '^\\+?[0-9][0-9 ()\\-./]{5,18}$';
const northAmericanPhone = '^(\\+?1[ \\-\\/\\.]?)?(\\((\\d{3})\\)|(\\d{3}))[ \\-\\/\\.]?(\\d{3})[ \\-\\/\\.]?(\\d{4})$';
const fourDigits = '^[0-9]{4}$';
const fiveDigits = '^[0-9]{5}$';
const sixDigits = '^[0-9]{6}$';
const british =
  '^(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|([A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?)|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2})$';

/** Postal patterns, phone patterns and calling codes by country, in the .NET dialect that the service uses. */
export const addressFormats: Readonly<Record<string, AddressFormat>> = {
  US: { postalCodeRegex: '^(\\d{5})(-\\d{4})?$', stateRequired: true, ...phone('1', northAmericanPhone) },
  CA: {
    postalCodeRegex: '^[A-Za-z]\\d[A-Za-z][ -]?\\d[A-Za-z]\\d$',
    stateRequired: true,
    ...phone('1', northAmericanPhone),
  },
  GB: { postalCodeRegex: british, ...phone('44') },
  DE: { postalCodeRegex: fiveDigits, ...phone('49') },
  FR: { postalCodeRegex: '^\\d{2}[ ]?\\d{3}$', ...phone('33') },
  PT: { postalCodeRegex: '^[0-9]{4}(-[0-9]{3})?$', callingCode: '351' },
  NL: { postalCodeRegex: '^[1-9][0-9]{3} ?[A-Za-z]{2}$', ...phone('31') },
  IT: { postalCodeRegex: fiveDigits, ...phone('39') },
  ES: { postalCodeRegex: '^(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}$', ...phone('34') },
  AU: { postalCodeRegex: fourDigits, stateRequired: true, ...phone('61') },
  JP: { postalCodeRegex: '^\\d{3}-?\\d{4}$', ...phone('81') },
  IN: { postalCodeRegex: '^[1-9][0-9]{2} ?[0-9]{3}$', ...phone('91') },
  BR: { postalCodeRegex: '^\\d{5}-?\\d{3}$', stateRequired: true, ...phone('55') },
  CH: { postalCodeRegex: fourDigits, ...phone('41') },
  AT: { postalCodeRegex: fourDigits, ...phone('43') },
  PL: { postalCodeRegex: '^[0-9]{2}-[0-9]{3}$', ...phone('48') },
  SE: { postalCodeRegex: '^(?<area>\\d{3}) ?(?<route>\\d{2})$', ...phone('46') },
  NO: { postalCodeRegex: fourDigits, ...phone('47') },
  // Uses .NET-only syntax, so that the patterns are not used as JavaScript.
  DK: { postalCodeRegex: '^(?i)(DK-)?[0-9]{4}\\z', ...phone('45') },
  IE: { postalCodeRegex: '^([A-Za-z][0-9]{2}|D6W) ?[0-9A-Za-z]{4}$', postalCodeRequired: false, ...phone('353') },
  CN: { postalCodeRegex: sixDigits, stateRequired: true, ...phone('86') },
  MX: { postalCodeRegex: fiveDigits, stateRequired: true, ...phone('52') },
  BE: { postalCodeRegex: fourDigits, ...phone('32') },
  FI: { postalCodeRegex: fiveDigits, ...phone('358') },
  SG: { postalCodeRegex: sixDigits, cityRequired: false, ...phone('65') },
  HK: { ...phone('852') },
  AE: { ...phone('971') },
  HU: { postalCodeRegex: fourDigits, ...phone('36') },
  TR: { postalCodeRegex: fiveDigits, ...phone('90') },
  UA: { postalCodeRegex: fiveDigits, ...phone('380') },
  ZA: { postalCodeRegex: fourDigits, ...phone('27') },
  MC: { postalCodeRegex: '^980\\d{2}$', cityRequired: false, ...phone('377') },
};

function phone(
  callingCode: string,
  phoneNumberRegex = anyPhone,
): Pick<AddressFormat, 'callingCode' | 'phoneNumberRegex'> {
  return { callingCode, phoneNumberRegex };
}
