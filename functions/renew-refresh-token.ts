import { app } from '@azure/functions';
import { getServices } from '../shared/http/app.ts';
import { createLog } from '../shared/log/log.ts';
import { Deadline } from '../shared/network/deadline.ts';

// Only App+User has a refresh token. The setting is read directly: a fault in another setting must not prevent the app from loading.
if (process.env['PARTNER_AUTH_FLOW']?.trim().toLowerCase() === 'app+user') {
  // Once a week, even without calls: a refresh token expires after 90 days without use.
  app.timer('RenewRefreshToken', {
    schedule: '0 23 3 * * 1',
    handler: async (_timer, context) => {
      const log = createLog(context, { correlationId: context.invocationId });
      const { partner, settings } = getServices(log);
      await partner.signIn.renewRefreshToken({ deadline: Deadline.after(settings.onboardingTimeout), log });
    },
  });
}
