import { makePassword } from './make-password.ts';

/** Settings for behaviour that is undocumented or varies. Every knob can be changed at run time. */
export interface Knobs {
  /** The answer to a repeated `MS-RequestId` of a created customer. */
  replay: 'same' | 'without-password' | 'domain-exists';
  /** Milliseconds that a finished request id is remembered; 0 is never. */
  replayRetention: number;
  /** The answer to a repeat while the first is still running. `taken` answers as for a domain of another organization. */
  repeatWhileRunning: 'wait' | 'conflict' | 'taken';
  takenAnswer: 400 | 409;
  takenCode: number;
  /** Milliseconds from the acceptance of a create until the tenant exists. */
  createDuration: number;
  /** Accepted creates are answered 202 without a body and continue in the background. */
  answer202: boolean;
  /** Prefixes: 1 to 27 letters and digits. Lax: hyphens too, and up to 63 characters. */
  strictPrefix: boolean;
  /** Refuses the next creates that pass every check. */
  createRefusal: CreateRefusal | undefined;
  /** Countries in which the partner may not sell (2030). */
  forbiddenCountries: readonly string[];
  /** Refuses a registration number if the country has none (600002). */
  refuseUnwantedRegistration: boolean;
  /** Address statuses that a create does not accept (27002). */
  refusedAddressStatuses: readonly string[];
  requireContractVersion: boolean;

  /** The partner tenant is an integration sandbox: quota and deletion. */
  sandbox: boolean;
  sandboxQuota: number;
  cloud: 'global' | 'china' | 'usgov';

  /** The status of an address without a trigger. */
  addressStatus: string;
  /** The current answers, or the two that were returned until mid-2021. */
  addressAnswer: 'current' | 'empty-200' | 'error-2007';
  /** Statuses contain spaces, as in the documentation's tables: `Street Partial`. */
  spacedStatuses: boolean;

  /** Milliseconds until a new customer shows in the list, by its id, in the audit log. */
  listLag: number;
  readLag: number;
  auditLag: number;
  /** Creates that were refused leave audit records with operationStatus `failed`. */
  auditFailures: boolean;
  domainFilterFails: boolean;
  /** The page size if none, or 0, is requested. */
  defaultPageSize: number;
  /** The prefix of the path in `links`; Partner Center omits the version. */
  linkPrefix: string;
  /** Where the next page is identified: in the header `MS-ContinuationToken`, or in the link's uri, with another header to send. */
  nextPage: 'header' | 'uri';

  /** Whether the partner has assigned the GDAP roles to a security group. */
  gdapRolesAssigned: boolean;
  /** Milliseconds from creation until assigned roles work. */
  gdapDelay: number;
  /** Users of every customer besides the admin, listed before it. */
  extraUsers: number;

  /** Requests per minute; Partner Center allows 500 on the customer resource. */
  limitPerMinute: number;
  byteOrderMark: boolean;
  /** One shape for all errors; without it each error has the shape of its kind. */
  errorShape: ErrorShape | undefined;
  codeAsText: boolean;
  /** A missing MFA claim is answered without a body, as in older documentation, instead of 900421. */
  bareMfaAnswer: boolean;
  /** Fields that override the rules of a country; null removes a field. */
  countryRules: Record<string, Record<string, unknown>>;
  unknownCountryStatus: number;
  makePassword: () => string;
}

/** The error shapes of Partner Center; shape E belongs to the token endpoint. */
export type ErrorShape = 'A' | 'B' | 'C' | 'D';

export interface CreateRefusal {
  readonly status: number;
  readonly code: number;
  readonly description?: string;
  readonly data?: readonly string[];
  /** The remains of the refused create: nothing, a whole tenant, or only a domain that can no longer be used. */
  readonly leaves?: 'nothing' | 'tenant' | 'domain';
  /** Number of creates to refuse; all by default. */
  readonly times?: number;
}

export function defaultKnobs(): Knobs {
  return {
    replay: 'same',
    replayRetention: Infinity,
    repeatWhileRunning: 'wait',
    takenAnswer: 400,
    takenCode: 3000,
    createDuration: 0,
    answer202: false,
    strictPrefix: true,
    createRefusal: undefined,
    forbiddenCountries: [],
    refuseUnwantedRegistration: false,
    refusedAddressStatuses: [],
    requireContractVersion: false,
    sandbox: false,
    sandboxQuota: 75,
    cloud: 'global',
    addressStatus: 'VerifiedShippable',
    addressAnswer: 'current',
    spacedStatuses: false,
    listLag: 0,
    readLag: 0,
    auditLag: 0,
    auditFailures: true,
    domainFilterFails: false,
    defaultPageSize: 100,
    linkPrefix: '',
    nextPage: 'header',
    gdapRolesAssigned: true,
    gdapDelay: 0,
    extraUsers: 0,
    limitPerMinute: Infinity,
    byteOrderMark: true,
    errorShape: undefined,
    codeAsText: false,
    bareMfaAnswer: false,
    countryRules: {},
    unknownCountryStatus: 400,
    makePassword,
  };
}
