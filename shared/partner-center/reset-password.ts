import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../network/upstream-error.ts';
import { retry } from '../network/retry.ts';
import { field, guid } from './read-field.ts';
import { findInPages } from './read-pages.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

/** The id of a customer's user by sign-in name ("Get a list of all user accounts for a customer"); undefined when there is none. App+User and GDAP only. */
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
 * Sets a user's password ("Reset user password for a customer"). Repeating it with the same password changes nothing more. Rejects with
 * `UpstreamError`, status 403 where the GDAP role is not assigned yet.
 */
export function resetPassword(
  partner: PartnerCenter,
  user: { customerId: string; userId: string; password: string },
  call: PartnerCenterCall,
): Promise<void> {
  const operation = 'resetPassword';
  // A reset that was not answered may have taken effect: it is repeated under the same id.
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

/** Whether a failure says that the partner may not touch this customer's users (yet). */
export function lacksPrivileges(error: unknown): boolean {
  return error instanceof UpstreamError && error.failure.status === 403;
}
