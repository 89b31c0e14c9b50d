import { app } from '@azure/functions';
import { handleOpenApi } from '../shared/http/open-api.ts';

app.http('OpenApi', { route: 'openapi.json', methods: ['GET'], authLevel: 'anonymous', handler: handleOpenApi });
