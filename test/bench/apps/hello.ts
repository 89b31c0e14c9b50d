import { app } from '@azure/functions';

// The HTTP function that `func new` makes: the floor of every cold start.
app.http('hello', {
  methods: ['GET', 'POST'],
  authLevel: 'anonymous',
  handler: async (request, context) => {
    context.log(`Http function processed request for url "${request.url}"`);
    const name = request.query.get('name') ?? ((await request.text()) || 'world');
    return { body: `Hello, ${name}!` };
  },
});
