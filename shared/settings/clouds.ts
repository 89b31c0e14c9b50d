/** The differences between Microsoft's clouds (Partner Center documentation, "Partner Center developer: clouds and endpoints"). */
export interface CloudPreset {
  readonly partnerCenterUrl: string;
  readonly authorityUrl: string;
  readonly partnerCenterScope: string;
  readonly customerDomainSuffix: string;
  /** Audience of a managed identity's token that replaces a client secret (workload identity federation). */
  readonly federatedAudience: string;
  /** The resource of Key Vault tokens. */
  readonly vaultResource: string;
  /** Whether the cloud has granular delegated admin privileges. */
  readonly gdap: boolean;
  /** Whether the API can reset the password of a customer's user. */
  readonly passwordReset: boolean;
}

export const clouds = {
  global: {
    partnerCenterUrl: 'https://api.partnercenter.microsoft.com',
    authorityUrl: 'https://login.microsoftonline.com',
    partnerCenterScope: 'https://api.partnercenter.microsoft.com/.default',
    customerDomainSuffix: '.onmicrosoft.com',
    federatedAudience: 'api://AzureADTokenExchange',
    vaultResource: 'https://vault.azure.net',
    gdap: true,
    passwordReset: true,
  },
  china: {
    partnerCenterUrl: 'https://partner.partnercenterapi.microsoftonline.cn',
    authorityUrl: 'https://login.partner.microsoftonline.cn',
    partnerCenterScope: 'https://partner.partnercenterapi.microsoftonline.cn/.default',
    customerDomainSuffix: '.partner.onmschina.cn',
    federatedAudience: 'api://AzureADTokenExchangeChina',
    vaultResource: 'https://vault.azure.cn',
    gdap: false,
    passwordReset: false,
  },
  usgov: {
    partnerCenterUrl: 'https://api.partnercenter.microsoft.com',
    authorityUrl: 'https://login.microsoftonline.us',
    partnerCenterScope: 'https://api.partnercenter.microsoft.com/.default',
    customerDomainSuffix: '.onmicrosoft.us',
    federatedAudience: 'api://AzureADTokenExchangeUSGov',
    vaultResource: 'https://vault.usgovcloudapi.net',
    gdap: true,
    passwordReset: false,
  },
} as const satisfies Record<string, CloudPreset>;

export type Cloud = keyof typeof clouds;
