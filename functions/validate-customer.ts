import { app } from '@azure/functions';
import { callerLevel } from '../shared/http/app.ts';
import { handleValidation } from '../shared/http/handlers.ts';

app.http('ValidateCustomer', {
  route: 'v1/customers/validate',
  methods: ['POST'],
  authLevel: callerLevel(),
  handler: handleValidation,
});
