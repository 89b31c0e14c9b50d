import { app } from '@azure/functions';
import { callerLevel } from '../shared/http/app.ts';
import { handleOnboarding } from '../shared/http/handlers.ts';

app.http('OnboardCustomer', {
  route: 'v1/customers',
  methods: ['POST'],
  authLevel: callerLevel(),
  handler: handleOnboarding,
});
