import { RestError, type HttpClient } from '@azure/core-rest-pipeline';

/** The most that an answer may hold, in bytes: a page of 1000 rows of some kilobytes; anything longer is not ours to keep in memory. */
const longestAnswer = 4 * 1024 * 1024;

/** Cuts off every answer that is too long or has no end, with its connection: it is as unreadable as one that breaks off. */
export function limitAnswers(inner: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      // A packed body could grow to anything, and does not say that it broke off.
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

/** True for an answer that could not be read to its end. */
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
      // Leaving the loop destroys the stream.
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
