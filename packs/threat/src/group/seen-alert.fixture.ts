import type { SeenAlert } from './seen-alert.ts'

const MINUTE = 60_000

/** An alert at `minutes` after a fixed start. */
export function alertAt(minutes: number, signature: string, host: string, more: Partial<SeenAlert> = {}): SeenAlert {
  return {
    id: `${signature}@${host}@${minutes}`,
    time: 1_700_000_000_000 + minutes * MINUTE,
    signature,
    level: '',
    host,
    addresses: [],
    techniques: [],
    detector: 'sigma',
    ...more,
  }
}
