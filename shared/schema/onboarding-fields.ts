import { customerRequestSchema } from './customer-request.ts';

const { companyName, country, culture, language, enableGDAPByDefault } = customerRequestSchema.properties;

/** The correlation id, in every answer. */
export const correlationIdSchema = {
  type: 'string',
  title: 'Correlation ID',
  description: 'Finds this call in the log: tell it to an operator when something went wrong.',
  format: 'uuid',
} as const;

/** What an answer says of an onboarded customer: ids and names of secrets, never a credential. */
export const onboardingFields = {
  customerId: {
    type: 'string',
    title: 'Customer ID',
    description: 'Tenant id of the customer.',
    format: 'uuid',
  },
  commerceId: {
    type: 'string',
    title: 'Commerce ID',
    description: 'Id of the customer in Partner Center; may be absent after a recovery.',
  },
  domain: {
    type: 'string',
    title: 'Domain',
    description: 'Initial domain of the customer, such as contoso.onmicrosoft.com.',
  },
  companyName: { type: 'string', title: companyName.title, description: 'Company name as it was sent.' },
  country: { type: 'string', title: country.title, description: country.description },
  culture: { type: 'string', title: culture.title, description: 'Culture that the customer was created with.' },
  language: { type: 'string', title: language.title, description: 'Language that the customer was created with.' },
  enableGDAPByDefault: {
    type: 'boolean',
    title: enableGDAPByDefault.title,
    description: 'Whether granular delegated admin privileges were asked for.',
  },
  adminUserName: {
    type: 'string',
    title: 'Administrator',
    description: 'Sign-in name of the first administrator of the customer.',
  },
  userNameSecretName: {
    type: 'string',
    title: 'User name secret',
    description: 'Name of the secret that holds the sign-in name.',
  },
  userNameSecretId: {
    type: 'string',
    title: 'User name secret ID',
    description: 'Address of the version of that secret.',
    format: 'uri',
  },
  passwordSecretName: {
    type: 'string',
    title: 'Password secret',
    description:
      'Name of the secret that holds the password. Its latest version may be another one: read the version in the id.',
  },
  passwordSecretId: {
    type: 'string',
    title: 'Password secret ID',
    description: 'Address of the version that holds the password: read exactly this version.',
    format: 'uri',
  },
  vaultUri: {
    type: 'string',
    title: 'Vault',
    description: 'Address of the vault that holds both secrets.',
    format: 'uri',
  },
  correlationId: correlationIdSchema,
} as const;
