import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

// The main file of the deployment package. It runs the app, app.cjs, with V8's code cache from the build of the package. V8 accepts only a
// cache from the same V8 version, so there is one file for each. V8 compares only the length of the source and does not detect a damaged file,
// hence the checksum. If no cache matches, V8 compiles the app as usual.
const file = join(__dirname, 'app.cjs');
const source = readFileSync(file);
const cachedData = readCache(join(__dirname, `app-${process.versions.v8}-${process.platform}-${process.arch}.cache`));
const script = new Script(source.toString('latin1'), { filename: file, ...(cachedData && { cachedData }) });
const app = script.runInThisContext() as (...values: unknown[]) => void;
app(exports, require, module, file, __dirname);

/** The code cache if it belongs to this source; otherwise undefined. The last four bytes of the file are the checksum of both. */
function readCache(name: string): Buffer | undefined {
  if (!existsSync(name)) return undefined;
  const bytes = readFileSync(name);
  const end = bytes.length - 4;
  if (end <= 0) return undefined;
  const code = bytes.subarray(0, end);
  return bytes.readUInt32LE(end) === crc32(code, crc32(source)) ? code : undefined;
}
