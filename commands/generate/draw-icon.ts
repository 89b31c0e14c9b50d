import { crc32, deflateSync } from 'node:zlib';

/** The background colour of the icon and of the connector's card. */
export const brandColor = '#0f5c6e';

const size = 230;
const samples = 4;

/** The connector's icon as a PNG: a person and a plus, 160 pixels wide, on the brand colour. */
export function drawIcon(): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (__, x) => colorAt(x, y)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits for each of red, green and blue; no alpha channel: the icon must be opaque.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** White, weighted by the part of the pixel that the logo covers. */
function colorAt(x: number, y: number): number[] {
  let covered = 0;
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < samples; column++) {
      if (isLogo(x + (column + 0.5) / samples, y + (row + 0.5) / samples)) covered += 1;
    }
  }
  const share = covered / samples ** 2;
  return [1, 3, 5].map((at) => {
    const ground = Number.parseInt(brandColor.slice(at, at + 2), 16);
    return Math.round(ground + (255 - ground) * share);
  });
}

function isLogo(x: number, y: number): boolean {
  const isHead = Math.hypot(x - 95, y - 78) < 33;
  const isBody = y < 185 && y > 120 && Math.hypot((x - 95) / 60, (y - 185) / 65) < 1;
  const isPlus = isInBar(x, y, 168, 135, 27, 9) || isInBar(x, y, 168, 135, 9, 27);
  const isRim = isInBar(x, y, 168, 135, 35, 17) || isInBar(x, y, 168, 135, 17, 35);
  return isPlus || (!isRim && (isHead || isBody));
}

function isInBar(
  x: number,
  y: number,
  centerX: number,
  centerY: number,
  halfWidth: number,
  halfHeight: number,
): boolean {
  return Math.abs(x - centerX) < halfWidth && Math.abs(y - centerY) < halfHeight;
}
