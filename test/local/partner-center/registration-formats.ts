import countries from '../../../shared/data/org-registration-countries.json' with { type: 'json' };

/** The format of a country's registration number. */
export interface RegistrationFormat {
  readonly regex: string;
  readonly sample: string;
}

const registrationRequired = new Set(countries.requiredFor);
const phoneRequired = new Set(countries.phoneNumberRequiredFor);

/** Patterns that resemble the tax or company numbers of the 25 countries. */
const formats: Readonly<Record<string, RegistrationFormat>> = {
  AE: { regex: '^\\d{15}$', sample: '100123456700003' },
  AM: { regex: '^\\d{8}$', sample: '01234567' },
  AZ: { regex: '^\\d{10}$', sample: '1400057421' },
  BR: { regex: '^\\d{2}\\.?\\d{3}\\.?\\d{3}\\/?\\d{4}-?\\d{2}$', sample: '12.345.678/0001-95' },
  BY: { regex: '^\\d{9}$', sample: '190123456' },
  CN: { regex: '^[0-9A-HJ-NPQRTUWXY]{18}$', sample: '91310000MA1FL0Q22T' },
  HU: { regex: '^\\d{8}-?[1-5]-?\\d{2}$', sample: '12345678-2-42' },
  IN: {
    regex: '^([A-Z]{5}\\d{4}[A-Z]|\\d{2}[A-Z]{5}\\d{4}[A-Z][0-9A-Z]Z[0-9A-Z])$',
    sample: 'AAACC1234D',
  },
  IQ: { regex: '^\\d{5,10}$', sample: '900123456' },
  KG: { regex: '^\\d{14}$', sample: '01234567890123' },
  KZ: { regex: '^\\d{12}$', sample: '123456789012' },
  MD: { regex: '^\\d{13}$', sample: '1003600012345' },
  MM: { regex: '^\\d{9}$', sample: '123456789' },
  PL: { regex: '^\\d{10}$', sample: '5270103391' },
  RU: { regex: '^(\\d{10}|\\d{12})$', sample: '7707083893' },
  SA: { regex: '^(\\d{10}|\\d{15})$', sample: '1010123456' },
  SS: { regex: '^[0-9A-Za-z-]{4,20}$', sample: 'SS-12345' },
  TH: { regex: '^\\d{13}$', sample: '0105536000000' },
  TJ: { regex: '^\\d{9}$', sample: '123456789' },
  TR: { regex: '^\\d{10,11}$', sample: '1234567890' },
  UA: { regex: '^(\\d{8}|\\d{10}|\\d{12})$', sample: '12345678' },
  UZ: { regex: '^\\d{9}$', sample: '123456789' },
  VE: { regex: '^[JGVEP]-?\\d{8}-?\\d$', sample: 'J-12345678-9' },
  VN: { regex: '^\\d{10}(-?\\d{3})?$', sample: '0101234567' },
  ZA: { regex: '^\\d{4}\\/?\\d{6}\\/?\\d{2}$', sample: '2012/123456/07' },
};

/** The pattern of the registration number if a country requires one. */
export function registrationFormat(country: string): RegistrationFormat | undefined {
  return registrationRequired.has(country) ? (formats[country] ?? { regex: '^.+$', sample: '1' }) : undefined;
}

/** Whether a country requires the customer's phone number. */
export function demandsPhone(country: string): boolean {
  return phoneRequired.has(country);
}
