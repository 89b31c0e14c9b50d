import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { shareChallenge } from '../../shared/key-vault/share-challenge.ts';

/** A vault whose requests wait for their answer, a status or a failure. */
function createVault(answers: readonly (number | Error)[]): { client: HttpClient; asked: string[] } {
  const asked: string[] = [];
  const client: HttpClient = {
    sendRequest: async (request) => {
      const answer = answers[asked.push(request.url) - 1] ?? 200;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (answer instanceof Error) throw answer;
      return { request, status: answer, headers: createHttpHeaders() };
    },
  };
  return { client, asked };
}

const ask = (url: string): ReturnType<typeof createPipelineRequest> => createPipelineRequest({ url });

test('shares one 401 among all concurrent requests, each with its own request object', async () => {
  const vault = createVault([401]);
  let prefetched = 0;
  const client = shareChallenge(vault.client, () => (prefetched += 1));
  const answers = await Promise.all(['a', 'b', 'c'].map((url) => client.sendRequest(ask(url))));
  expect(vault.asked).toEqual(['a']);
  expect(answers.map(({ status, request }) => [status, request.url])).toEqual([
    [401, 'a'],
    [401, 'b'],
    [401, 'c'],
  ]);
  expect(prefetched).toBe(1);
});

test.each([[new Error('gone')], [503]])('lets each request go out separately when the first got %s', async (first) => {
  const vault = createVault([first, 401]);
  const client = shareChallenge(vault.client, () => {});
  const [, second] = await Promise.allSettled([client.sendRequest(ask('a')), client.sendRequest(ask('b'))]);
  expect(vault.asked).toEqual(['a', 'b']);
  expect(second).toMatchObject({ status: 'fulfilled', value: { status: 401 } });
});

test('requests the challenge again later, and never delays a request that has its token', async () => {
  const vault = createVault([401, 200, 401]);
  const client = shareChallenge(vault.client, () => {});
  await client.sendRequest(ask('a'));
  const request = ask('b');
  request.headers.set('Authorization', 'Bearer t');
  await Promise.all([client.sendRequest(request), client.sendRequest(ask('c'))]);
  expect(vault.asked).toEqual(['a', 'b', 'c']);
});
