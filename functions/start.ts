import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

// The main file of the deployment package: it runs the app, app.cjs, with the code that V8 compiled when the package was made. V8 takes that
// from a file made by the same build of V8 alone, so each has its own. It looks at no more than the length of the source and does not notice
// a damaged file, hence the checksum. What does not fit is left, and the app compiles as any other would.
const file = join(__dirname, 'app.cjs');
const source = readFileSync(file);
const cachedData = readCache(join(__dirname, `app-${process.versions.v8}-${process.platform}-${process.arch}.cache`));
const script = new Script(source.toString('latin1'), { filename: file, ...(cachedData && { cachedData }) });
const app = script.runInThisContext() as (...values: unknown[]) => void;
app(exports, require, module, file, __dirname);

/** The code for this source, or nothing; the last four bytes of the file are the checksum of both. */
function readCache(name: string): Buffer | undefined {
  if (!existsSync(name)) return undefined;
  const bytes = readFileSync(name);
  const end = bytes.length - 4;
  if (end <= 0) return undefined;
  const code = bytes.subarray(0, end);
  return bytes.readUInt32LE(end) === crc32(code, crc32(source)) ? code : undefined;
}
