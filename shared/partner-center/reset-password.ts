import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../network/upstream-error.ts';
import { retry } from '../network/retry.ts';
import { field, guid } from './read-field.ts';
import { findInPages } from './read-pages.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

/**
 * The ID of a customer's user by sign-in name ("Get a list of all user accounts for a customer"); undefined if there is none. Requires App+User
 * and GDAP.
 */
export function findUser(
  partner: PartnerCenter,
  customerId: string,
  signInName: string,
  call: PartnerCenterCall,
): Promise<string | undefined> {
  const list = { operation: 'listUsers', path: `/v1/customers/${customerId}/users`, mayBeForbidden: true } as const;
  return findInPages(partner, list, call, (user) =>
    field(user, 'userPrincipalName')?.toLowerCase() === signInName ? guid(user, 'id') : undefined,
  );
}

/**
 * Sets a user's password ("Reset user password for a customer"). A retry with the same password has no further effect. Rejects with
 * `UpstreamError`; status 403 means that the GDAP role is not assigned yet.
 */
export function resetPassword(
  partner: PartnerCenter,
  user: { customerId: string; userId: string; password: string },
  call: PartnerCenterCall,
): Promise<void> {
  const operation = 'resetPassword';
  // An unanswered reset may have taken effect, so the retry uses the same request id.
  const requestId = randomUUID();
  const path = `/v1/customers/${user.customerId}/users/${user.userId}/resetpassword`;
  const body = JSON.stringify({
    passwordProfile: { password: user.password, forceChangePassword: false },
    attributes: { objectType: 'CustomerUser' },
  });
  return retry(
    async () => {
      const answer = await requestPartnerCenter(
        partner,
        { operation, method: 'PATCH', path, body, requestId, mayBeForbidden: true },
        call,
      );
      if (answer.status < 200 || answer.status >= 300) throw unusable(operation, answer);
    },
    { deadline: call.deadline, operation },
  );
}

/** Whether the request failed because the partner has no permission for this customer's users, or not yet. */
export function lacksPrivileges(error: unknown): boolean {
  return error instanceof UpstreamError && error.failure.status === 403;
}
