import type { Playbook } from './playbook.ts'

/** `type--UUID` with a version 4 UUID that ends in `n`. */
export function idOf(type: string, n: number): string {
  return `${type}--00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

const AGENT = idOf('http-api', 900)
export const EXTENSION = idOf('extension-definition', 901)

type Loose = Record<string, unknown>

/** The smallest valid playbook around these steps; `change` adds or replaces members. */
export function playbookOf(workflow: Record<string, Loose>, change: Loose = {}): Loose {
  return {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: idOf('playbook', 1),
    name: 'Test',
    created_by: idOf('identity', 2),
    created: '2026-11-22T00:00:00.000Z',
    modified: '2026-11-22T00:00:00.000Z',
    workflow_start: idOf('start', 1),
    agent_definitions: {
      [AGENT]: { type: 'http-api', name: 'Agent', address: { url: ['https://actuator.example'] } },
    },
    workflow,
    ...change,
  }
}

/** start -> action -> end. */
export function straight(action: Loose = {}, change: Loose = {}): Loose {
  return playbookOf(
    {
      [idOf('start', 1)]: { type: 'start', on_completion: idOf('action', 3) },
      [idOf('action', 3)]: actionTo(idOf('end', 4), action),
      [idOf('end', 4)]: { type: 'end' },
    },
    change,
  )
}

export function actionTo(next: string, change: Loose = {}): Loose {
  return {
    type: 'action',
    on_completion: next,
    agent: AGENT,
    commands: [{ type: 'http-api', command: 'GET /health HTTP/1.1' }],
    ...change,
  }
}

export const asPlaybook = (document: Loose): Playbook => document as unknown as Playbook

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Any JSON value, with awkward keys and texts. */
export function randomJson(random: () => number, depth = 3): unknown {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const kind = random() * (depth === 0 ? 4 : 6)
  if (kind < 1) return pick(['', 'a"b\\c', '\u0000\u001f', '灯塔', '😀', '__x__:value', '</script>'])
  if (kind < 2) return pick([0, -0.5, 1e21, 9007199254740991, 1.5e-9])
  if (kind < 3) return random() < 0.5
  if (kind < 4) return null
  const size = Math.floor(random() * 4)
  if (kind < 5) return Array.from({ length: size }, () => randomJson(random, depth - 1))
  const keys = ['constructor', 'toString', 'a.b', '中', 'x y', 'hasOwnProperty', 'z', '']
  return Object.fromEntries(Array.from({ length: size }, () => [pick(keys), randomJson(random, depth - 1)]))
}
