/** How often a call to a service may be sent, and why that does no harm. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** What makes a repeat harmless: it only reads, it carries a key of its own, or the sender looks before it repeats. */
  readonly idempotent: 'read' | 'by key' | 'same effect' | 'looked up';
  readonly reason: string;
}

/**
 * Every operation that is ever repeated. All share one backoff (`retry.ts`): capped, exponential, with full jitter, never shorter than the
 * service's Retry-After, and only while the wait ends before the call's deadline.
 */
export const retryPolicies = {
  getToken: { attempts: 4, idempotent: 'same effect', reason: 'a token more does no harm' },
  probeDomain: { attempts: 4, idempotent: 'read', reason: 'nothing is known without it' },
  readCountryRules: { attempts: 4, idempotent: 'read', reason: 'kept for a day afterwards' },
  validateAddress: { attempts: 4, idempotent: 'read', reason: 'a POST that changes nothing' },
  findCustomers: { attempts: 3, idempotent: 'read', reason: 'page by page; the next call looks again' },
  readAuditRecords: { attempts: 3, idempotent: 'read', reason: 'page by page; the next call looks again' },
  listUsers: { attempts: 3, idempotent: 'read', reason: 'page by page; the next call looks again' },
  createCustomer: { attempts: 4, idempotent: 'by key', reason: 'the same MS-RequestId and bytes each time' },
  resetPassword: { attempts: 3, idempotent: 'by key', reason: 'the same password and MS-RequestId each time' },
  deleteCustomer: { attempts: 3, idempotent: 'same effect', reason: 'what is deleted stays deleted' },
  getSecret: { attempts: 4, idempotent: 'read', reason: 'partner secrets, and the token before it is replaced' },
  listVersions: { attempts: 4, idempotent: 'read', reason: 'credentials are looked for before anything is done' },
  setSecret: { attempts: 4, idempotent: 'looked up', reason: 'a write without an answer is looked for by its tags' },
  readRow: { attempts: 4, idempotent: 'read', reason: 'every call begins with it' },
  queryRows: { attempts: 4, idempotent: 'read', reason: 'a page of the list' },
  writeRow: { attempts: 4, idempotent: 'looked up', reason: 'the row names its writer: a lost answer is recognised' },
} as const satisfies Record<string, RetryPolicy>;

export type RepeatedOperation = keyof typeof retryPolicies;
