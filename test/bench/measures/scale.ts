import type { BenchRig } from '../bench-rig.ts';
import type { Figure } from '../figure.ts';

export async function measureScale(_rig: BenchRig): Promise<Figure[]> {
  return [];
}
