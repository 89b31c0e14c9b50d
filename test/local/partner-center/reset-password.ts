import type { Context } from './context.ts';
import { findOpenTenant } from './find-tenant.ts';
import { buildUser } from './list-users.ts';
import { readBody, valueAt, type JsonObject } from './read-body.ts';
import { isReply, refuse, type Reply } from './reply.ts';

/** `PATCH /v1/customers/{id}/users/{userId}/resetpassword`, and the older form without the last part: sets the admin's password. */
export function resetPassword(context: Context): Reply {
  if (context.knobs.cloud !== 'global') {
    return refuse(400, 900127, 'The operation is not supported in this environment.');
  }
  const tenant = findOpenTenant(context);
  if (isReply(tenant)) return tenant;
  if (context.parameters[1]?.toLowerCase() !== tenant.adminId) {
    return refuse(404, 60002, 'The user was not found.', ['userId']);
  }
  const read = readBody(context.request);
  if (isReply(read)) return read;
  const password = checkReset(read.body);
  if (typeof password !== 'string') return password;
  tenant.password = password;
  tenant.resets.push({ password, at: Date.now() });
  return { status: 200, json: buildUser(tenant, tenant.adminId, 'admin') };
}

/** The new password, or the refusal of a body or password that Microsoft Entra does not accept. */
function checkReset(body: JsonObject): string | Reply {
  const password = valueAt(body, 'passwordProfile.password');
  const force = valueAt(body, 'passwordProfile.forceChangePassword');
  if (typeof password !== 'string') return refuse(400, 2001, 'A password is missing.', ['passwordProfile.password']);
  if (force !== undefined && typeof force !== 'boolean') {
    return refuse(400, 2000, 'A boolean is expected.', ['passwordProfile.forceChangePassword']);
  }
  if (valueAt(body, 'attributes.objectType') !== 'CustomerUser') {
    return refuse(400, 2000, 'The objectType must be CustomerUser.', ['attributes.objectType']);
  }
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  const strong = password.length >= 8 && password.length <= 256 && kinds >= 3;
  return strong ? password : refuse(400, 2000, 'The password does not meet the requirements.', ['password']);
}
