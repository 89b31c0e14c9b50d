import { RestError, type HttpClient } from '@azure/core-rest-pipeline';

/** The maximum size of a response, in bytes: a page of 1000 rows of a few kilobytes each. Longer responses must not fill the memory. */
const longestAnswer = 4 * 1024 * 1024;

/** Aborts every response that is too long or endless, and closes its connection. It counts as unreadable, like one that was cut off. */
export function limitAnswers(inner: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      // A compressed body can expand without limit, and a truncated one is not detected.
      request.headers.delete('accept-encoding');
      const { readableStreamBody, ...answer } = await inner.sendRequest({
        ...request,
        streamResponseStatusCodes: new Set([Infinity]),
      });
      const body = readableStreamBody ? { bodyAsText: await readText(readableStreamBody) } : {};
      return { ...answer, ...body, request };
    },
  };
}

/** True if a response could not be read to its end. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof RestError && error.code === RestError.PARSE_ERROR;
}

async function readText(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      // `break` destroys the stream.
      if (size > longestAnswer) break;
      chunks.push(bytes);
    }
  } catch {
    size = Infinity;
  }
  if (size > longestAnswer)
    throw new RestError('The answer cannot be read to its end.', { code: RestError.PARSE_ERROR });
  return Buffer.concat(chunks).toString('utf8');
}
