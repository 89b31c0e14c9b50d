/** A set of texts, kept as hashes of 64 bits with open addressing: tens of millions fit into memory. */
export class Seen {
  size = 0;
  #high = new Int32Array(1 << 16);
  #low = new Int32Array(1 << 16);

  /** Adds a text; false if it was there before. */
  add(text: string): boolean {
    const [high, low] = hash(text);
    if (!this.#put(high, low)) return false;
    if (++this.size * 2 > this.#high.length) this.#grow();
    return true;
  }

  #put(high: number, low: number): boolean {
    const mask = this.#high.length - 1;
    let place = (high ^ (low >>> 7)) & mask;
    while (this.#high[place] !== 0) {
      if (this.#high[place] === high && this.#low[place] === low) return false;
      place = (place + 1) & mask;
    }
    this.#high[place] = high;
    this.#low[place] = low;
    return true;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Int32Array(high.length * 2);
    this.#low = new Int32Array(high.length * 2);
    for (let index = 0; index < high.length; index++) {
      if (high[index] !== 0) this.#put(high[index] ?? 0, low[index] ?? 0);
    }
  }
}

function hash(text: string): [high: number, low: number] {
  let x = 0x9e3779b9;
  let y = 0x85ebca6b;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    x = Math.imul(x ^ code, 0x9e3779b1);
    y = Math.imul(y ^ code, 0x5f356495);
  }
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) ^ Math.imul(y ^ (y >>> 13), 0xc2b2ae35);
  y = Math.imul(y ^ (y >>> 16), 0x85ebca6b) ^ Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  // Zero marks an empty slot.
  return [x | 0 || 1, y | 0];
}
