/**
 * The request body after text normalisation. The single source for the validator, the types, the OpenAPI document and the connector,
 * so it uses only keywords that Swagger 2 has. Rules that need data (countries, cultures, the domain suffix) are in
 * `shared/customer/payload.ts`.
 */
export const customerRequestSchema = {
  type: 'object',
  title: 'Customer request',
  description: 'The customer to onboard.',
  additionalProperties: false,
  required: ['companyName', 'domain', 'email', 'firstName', 'lastName', 'addressLine1', 'country'],
  properties: {
    companyName: {
      type: 'string',
      title: 'Company name',
      description: 'Registered legal name, 2 to 255 characters.',
      minLength: 2,
      maxLength: 255,
      pattern: '[\\p{L}\\p{N}]',
    },
    domain: {
      type: 'string',
      title: 'Domain',
      description:
        'Prefix of the initial domain (contoso) or the full domain (contoso.onmicrosoft.com). The prefix has 1 to 27 letters and digits. A domain can be used only once.',
      pattern: '^[A-Za-z0-9]{1,27}(\\.[A-Za-z0-9.-]{1,100})?$',
    },
    email: {
      type: 'string',
      title: 'Email',
      description: 'Email address of the contact person, with an existing top-level domain.',
      maxLength: 254,
      format: 'email',
    },
    firstName: {
      type: 'string',
      title: 'First name',
      description: 'First name of the contact person.',
      minLength: 1,
      maxLength: 50,
    },
    middleName: {
      type: 'string',
      title: 'Middle name',
      description: 'Middle name of the contact person.',
      maxLength: 50,
    },
    lastName: {
      type: 'string',
      title: 'Last name',
      description: 'Last name of the contact person.',
      minLength: 1,
      maxLength: 50,
    },
    phoneNumber: {
      type: 'string',
      title: 'Phone number',
      description: 'Phone number of the contact person; required in some countries.',
      maxLength: 40,
    },
    addressLine1: {
      type: 'string',
      title: 'Address line 1',
      description: 'Street and number.',
      minLength: 1,
      maxLength: 200,
    },
    addressLine2: {
      type: 'string',
      title: 'Address line 2',
      description: 'Second line of the address, such as a suite or building.',
      maxLength: 200,
    },
    city: { type: 'string', title: 'City', description: 'City; required in most countries.', maxLength: 100 },
    state: {
      type: 'string',
      title: 'State',
      description: 'State or province as the country spells it; case is ignored. Required in some countries.',
      maxLength: 100,
    },
    postalCode: {
      type: 'string',
      title: 'Postal code',
      description: 'Postal code; required in most countries.',
      maxLength: 40,
    },
    country: {
      type: 'string',
      title: 'Country',
      description: 'Two-letter country code (ISO 3166-1). Case is ignored, and UK means GB.',
      pattern: '^[A-Za-z]{2}$',
    },
    addressConfirmed: {
      type: 'boolean',
      title: 'Address confirmed',
      description:
        'Set to true to confirm an address that Partner Center cannot verify: the refusal becomes a warning. An address that Partner Center knows to be wrong is still refused.',
    },
    culture: {
      type: 'string',
      title: 'Culture',
      description:
        'Culture of the customer, such as en-US; it also determines the currency. Case is ignored. Default: the usual culture of the country.',
      pattern: '^[A-Za-z-]{2,20}$',
    },
    language: {
      type: 'string',
      title: 'Language',
      description: 'Two-letter language, such as en. Default: the language of the culture.',
      pattern: '^[A-Za-z]{2}$',
    },
    organizationRegistrationNumber: {
      type: 'string',
      title: 'Registration number',
      description: 'Registration or tax number of the company; required in some countries.',
      maxLength: 200,
    },
    enableGDAPByDefault: {
      type: 'boolean',
      title: 'Enable GDAP',
      description:
        'Whether Partner Center sets up granular delegated admin privileges (GDAP). Without GDAP a lost password cannot be reset.',
    },
    associatedPartnerId: {
      type: 'string',
      title: 'Indirect reseller',
      description: 'Tenant ID of the indirect reseller; only for indirect providers.',
      pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
    },
  },
} as const;
