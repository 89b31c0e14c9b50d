import { app } from '@azure/functions';
import { callerLevel } from '../shared/http/app.ts';
import { handleFinding } from '../shared/http/handlers.ts';

app.http('GetOnboarding', {
  route: 'v1/customers/{domain}',
  methods: ['GET'],
  authLevel: callerLevel(),
  handler: handleFinding,
});
