import { app } from '@azure/functions';
import { getWorkplace } from '../shared/http/app.ts';
import { createLog } from '../shared/log/log.ts';
import { Deadline } from '../shared/network/deadline.ts';

// Once a week, also when no one calls: a refresh token dies after 90 days without use.
app.timer('RenewRefreshToken', {
  schedule: '0 23 3 * * 1',
  handler: async (_timer, context) => {
    const log = createLog(context, { correlationId: context.invocationId });
    const { partner, settings } = getWorkplace(log);
    await partner.signIn.renewRefreshToken({ deadline: Deadline.after(settings.onboardingTimeout), log });
  },
});
