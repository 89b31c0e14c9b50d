import { customerRequestSchema } from './customer-request.ts';

const { companyName, country, culture, language, enableGDAPByDefault } = customerRequestSchema.properties;

/** The correlation ID, in every response. */
export const correlationIdSchema = {
  type: 'string',
  title: 'Correlation ID',
  description: 'Identifies this call in the log; give it to an operator if something went wrong.',
  format: 'uuid',
} as const;

/** An onboarded customer in a response: IDs and names of secrets, never a credential. */
export const onboardingFields = {
  customerId: {
    type: 'string',
    title: 'Customer ID',
    description: 'Tenant ID of the customer.',
    format: 'uuid',
  },
  commerceId: {
    type: 'string',
    title: 'Commerce ID',
    description: 'ID of the customer in Partner Center; may be absent after a recovery.',
  },
  domain: {
    type: 'string',
    title: 'Domain',
    description: 'Initial domain of the customer, such as contoso.onmicrosoft.com.',
  },
  companyName: { type: 'string', title: companyName.title, description: 'Company name as sent.' },
  country: { type: 'string', title: country.title, description: country.description },
  culture: { type: 'string', title: culture.title, description: 'Culture that the customer was created with.' },
  language: { type: 'string', title: language.title, description: 'Language that the customer was created with.' },
  enableGDAPByDefault: {
    type: 'boolean',
    title: enableGDAPByDefault.title,
    description: 'Whether granular delegated admin privileges (GDAP) were requested.',
  },
  adminUserName: {
    type: 'string',
    title: 'Administrator',
    description: 'Sign-in name of the first administrator of the customer.',
  },
  userNameSecretName: {
    type: 'string',
    title: 'User name secret',
    description: 'Name of the secret with the sign-in name.',
  },
  userNameSecretId: {
    type: 'string',
    title: 'User name secret ID',
    description: 'URI of the version of that secret.',
    format: 'uri',
  },
  passwordSecretName: {
    type: 'string',
    title: 'Password secret',
    description:
      'Name of the secret with the password. Read the version in the secret ID: the latest version may belong to another attempt.',
  },
  passwordSecretId: {
    type: 'string',
    title: 'Password secret ID',
    description: 'URI of the secret version with the password; read exactly this version.',
    format: 'uri',
  },
  vaultUri: {
    type: 'string',
    title: 'Vault',
    description: 'URI of the vault with both secrets.',
    format: 'uri',
  },
  correlationId: correlationIdSchema,
} as const;
