import { app } from '@azure/functions';
import { callerLevel } from '../shared/http/app.ts';
import { handleListing } from '../shared/http/handlers.ts';

app.http('ListOnboardings', {
  route: 'v1/customers',
  methods: ['GET'],
  authLevel: callerLevel(),
  handler: handleListing,
});
