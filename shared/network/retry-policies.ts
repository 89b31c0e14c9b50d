/** How often a call to a service may be sent, and why a retry is safe. */
export interface RetryPolicy {
  /** Total attempts, including the first one. */
  readonly attempts: number;
  /** Why a retry is safe: it only reads, carries an idempotency key, has the same effect, or follows a check whether the first one succeeded. */
  readonly idempotent: 'read' | 'by key' | 'same effect' | 'looked up';
  readonly reason: string;
}

/**
 * All operations that are retried. They share one backoff (`retry.ts`): capped, exponential, with full jitter, and never shorter than the
 * service's Retry-After. A retry happens only if the wait ends before the call's deadline.
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
