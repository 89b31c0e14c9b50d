import { app } from '@azure/functions';
import { handleHealth } from '../shared/http/health.ts';

app.http('Health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: handleHealth });
