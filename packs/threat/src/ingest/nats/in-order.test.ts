import { expect, test } from 'vitest'
import { type Delivery, InOrder, type Look } from './in-order.ts'

/** A server with a consumer: what is not acknowledged is delivered again, some deliveries go astray. */
class Server {
  readonly unacknowledged = new Set<number>()
  readonly #random: () => number
  readonly #messages: number
  #next = 1
  #delivery = 0

  constructor(messages: number, random: () => number) {
    this.#messages = messages
    this.#random = random
  }

  /** The next delivery; undefined where it went astray or there is none. */
  deliver(): Delivery | undefined {
    const again = [...this.unacknowledged]
    const isRepeat = again.length > 0 && (this.#next > this.#messages || this.#random() < 0.3)
    if (!isRepeat && this.#next > this.#messages) return undefined
    const sequence = isRepeat ? (again[Math.floor(this.#random() * again.length)] as number) : this.#next
    if (!isRepeat) this.#next += 1
    this.unacknowledged.add(sequence)
    this.#delivery += 1
    return this.#random() < 0.2 ? undefined : { sequence, delivery: this.#delivery }
  }

  look(): Look {
    return { delivered: this.#delivery, unacknowledged: this.unacknowledged.size }
  }
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test.each([0, 1, 5])(
  'every message is taken once and in order, whatever goes astray, comes again or is killed; a look is %i deliveries old',
  (age) => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = random(seed)
      const server = new Server(60, next)
      const taken: number[] = []
      let durable = 0
      let order = new InOrder(0)
      let mine = new Map<number, number>()
      const looks: Look[] = []
      const take = ({ sequence, delivery }: Delivery): void => {
        taken.push(sequence)
        mine.set(sequence, delivery)
      }
      const acknowledge = (upTo: number): void => {
        durable = Math.max(durable, upTo)
        for (const sequence of [...mine.keys()].filter((each) => each <= durable)) {
          mine.delete(sequence)
          server.unacknowledged.delete(sequence)
        }
      }
      for (let step = 0; step < 8000; step += 1) {
        const message = server.deliver()
        const fate = message && order.arrived(message)
        if (message && fate === 'take') take(message)
        if (message && fate === 'known' && message.sequence <= durable) server.unacknowledged.delete(message.sequence)
        if (message && fate === 'known' && message.sequence > durable) mine.set(message.sequence, message.delivery)
        looks.push(server.look())
        const look = looks.at(-1 - age)
        if (order.isSettling && look) {
          const counted = [...mine.values()].filter((delivery) => delivery <= look.delivered).length
          for (const each of order.settle(look, counted) ?? []) take(each)
        }
        if (next() < 0.2) acknowledge(taken.at(-1) ?? 0)
        if (next() < 0.002) {
          // killed: what was not durable is lost here and comes again
          taken.splice(taken.findIndex((sequence) => sequence > durable) >>> 0)
          order = new InOrder(durable)
          looks.length = 0
          mine = new Map()
        }
      }
      expect(taken).toEqual(Array.from({ length: taken.length }, (_, index) => index + 1))
      // where every look is old while all is sent again all the time, nothing is ever sure
      if (age < 5) expect(taken.length).toBe(60)
    }
  },
)
