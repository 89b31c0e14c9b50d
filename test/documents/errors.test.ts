import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { platformResponses } from '../../shared/open-api/platform-responses.ts';
import { read } from '../house/sources.ts';

const [, section = ''] = read('README.md').split('\n## Errors\n');
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (\d{3}) \| `(\w+)` \| (.*) \|$/gm)];

test('the table of errors has every code once, with its status', () => {
  const listed = rows.map(([, status, code]) => `${status} ${code}`).sort();
  expect(listed).toEqual(
    Object.entries(errorCodes)
      .map(([code, { status }]) => `${status} ${code}`)
      .sort(),
  );
});

test('the table of errors promises a Retry-After where one is answered, and nowhere else', () => {
  const promised = rows.filter(([, , , what]) => what?.includes('Retry')).map(([, , code = '']) => code);
  const answered = Object.entries(errorCodes).filter(([, { retry }]) => retry);
  expect(promised.sort()).toEqual(answered.map(([code]) => code).sort());
});

test('the section names the responses of the platform, and the loop that goes with them', () => {
  const [, paragraph = ''] = /^(The platform in front [\s\S]*?)\n\n/m.exec(section) ?? [];
  const statuses = [...paragraph.matchAll(/\b[1-5]\d\d\b/g)].map(([status]) => status);
  expect(Object.keys(platformResponses).filter((status) => !statuses.includes(status))).toEqual([]);
  for (const part of ['empty body', 'no `Retry-After`', '408, 429 and 5xx', '](examples/README.md)'])
    expect(paragraph.replaceAll(/\s+/g, ' ')).toContain(part);
});
