import { app } from '@azure/functions';
import { callerLevel } from '../shared/http/app.ts';
import { handleConnection } from '../shared/http/handlers.ts';

app.http('TestConnection', {
  route: 'v1/connection',
  methods: ['GET'],
  authLevel: callerLevel(),
  handler: handleConnection,
});
