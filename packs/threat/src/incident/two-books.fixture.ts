import { expect } from 'vitest'
import { randomFrom } from '../correlate/correlate.fixture.ts'
import { type AlertGroup, extendGroup, openGroup } from '../group/alert-group.ts'
import { alertAt } from '../group/seen-alert.fixture.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { IncidentNews } from './incident.ts'
import { IncidentBook } from './incident-book.ts'
import { type PlainIncident, PlainIncidentBook } from './plain-incident-book.fixture.ts'

export interface Shape {
  readonly findings: number
  readonly hosts: number
  /** Minutes between findings. */
  readonly pauses: readonly number[]
  /** Whether findings are far enough apart for incidents that a later one connects. */
  readonly merges: boolean
}

export const SHAPES: readonly Shape[] = [
  { findings: 40, hosts: 30, pauses: [0, 20, 59, 60, 61, 90, 400, 700, 800], merges: true },
  { findings: 60, hosts: 4, pauses: [1, 61, 65, 300, 719, 721, 1500], merges: true },
  { findings: 300, hosts: 300, pauses: [0, 0, 0, 1, 1, 70], merges: true },
]

/** What both books must say of one finding, or of a moment. */
const saysPlain = ({ number, state, first, last, merged, findings }: PlainIncident) => ({
  ...{ number, state, first, last, merged: merged.length, groups: findings.length },
  hosts: new Set(findings.map(({ group }) => group.host)).size,
  signatures: new Set(findings.map(({ group }) => group.signature)).size,
  score: Math.max(...findings.map(({ score }) => score)),
})
const says = ({ incident }: IncidentNews) => {
  const { number, state, first, last, merged, groups, score, hosts, signatures } = incident
  return { number, state, first, last, merged, groups, score, hosts: hosts.count, signatures: signatures.count }
}
const alertsOf = ({ findings }: PlainIncident) => findings.reduce((sum, { group }) => sum + group.alerts, 0)

/** One stream into both books; groups go on growing, and now and then the book is saved and taken up again. */
export class TwoBooks {
  readonly #draw: (most: number) => number
  readonly #shape: Shape
  readonly #plain = new PlainIncidentBook()
  #book = new IncidentBook()
  #groups: AlertGroup[] = []
  #minute = 0
  #merges = 0
  #closings = 0
  /** Group numbers by incident as the news have it. */
  readonly #told = new Map<number, number[]>()

  constructor(seed: number, shape: Shape) {
    const random = randomFrom(seed)
    this.#draw = (most) => Math.floor(random() * most)
    this.#shape = shape
  }

  /** Answers how often incidents were merged and closed. */
  run(): { readonly merges: number; readonly closings: number } {
    for (let at = 0; at < this.#shape.findings; at += 1) {
      this.#grow()
      this.#add(at)
      if (this.#draw(5) === 0) this.#close(this.#minute + this.#draw(30))
      if (this.#draw(10) === 0) this.#restart()
    }
    this.#close(1e9)
    return { merges: this.#merges, closings: this.#closings }
  }

  #alert(minute: number): SeenAlert {
    const host = `host-${this.#draw(this.#shape.hosts)}`
    const more = {
      account: `user-${this.#draw(this.#shape.hosts)}`,
      addresses: [`10.0.0.${this.#draw(3 * this.#shape.hosts)}`],
    }
    return alertAt(minute, `rule ${this.#draw(3)}`, host, this.#draw(3) === 0 ? more : {})
  }

  #add(at: number): void {
    const { pauses } = this.#shape
    const pause = pauses[this.#draw(pauses.length)] ?? 0
    if (this.#draw(3) === 0) this.#goOn(this.#minute + pause)
    this.#minute += pause
    const group = openGroup(at, this.#alert(this.#minute - (this.#draw(8) === 0 ? this.#draw(60) : 0)))
    const finding = { group, score: this.#draw(4) - 2 }
    const plain = this.#plain.add(finding)
    const news = this.#book.add(finding)
    this.#groups.push(group)
    this.#hear(news)
    expect(says(news.at(-1)!)).toEqual(saysPlain(plain))
    if (at % 8 === 0) this.#compareGroups(plain)
  }

  #compareGroups(plain: PlainIncident): void {
    const held = plain.findings.map((each) => each.group.number).sort((one, other) => one - other)
    expect(this.#told.get(plain.number)?.toSorted((one, other) => one - other)).toEqual(held)
  }

  /** An alert more for some that were quiet for less than an hour when the newest finding began. */
  #grow(): void {
    const from = alertAt(this.#minute - 60, '', '').time
    this.#groups = this.#groups.filter(({ last }) => last >= from)
    for (const group of this.#groups) {
      if (this.#draw(4) !== 0) continue
      const ahead = alertAt(this.#minute + this.#draw(25), '', '').time
      const time = this.#draw(2) === 0 ? group.last : Math.max(group.last, Math.min(ahead, group.last + 300_000))
      extendGroup(group, { ...this.#alert(0), time })
    }
  }

  /** One group goes on through the whole pause: its incident is not over. */
  #goOn(until: number): void {
    const group = this.#groups[this.#draw(this.#groups.length)]
    const [to, step] = [alertAt(until, '', '').time, 3_300_000]
    while (group && group.last + step < to) extendGroup(group, { ...this.#alert(0), time: group.last + step })
  }

  #close(minute: number): void {
    const now = alertAt(minute, '', '').time
    const plain = this.#plain.close(now)
    const news = this.#book.close(now)
    this.#hear(news)
    expect(news.map(says)).toEqual(plain.map(saysPlain))
    expect(news.map(({ incident }) => incident.alerts)).toEqual(plain.map(alertsOf))
  }

  /** The groups stay the same objects, as those of a flow do. */
  #restart(): void {
    this.#book = new IncidentBook(undefined, this.#book.save())
  }

  #hear(news: readonly IncidentNews[]): void {
    for (const { incident, added, absorbed } of news) {
      const moved = absorbed.flatMap((number) => this.#told.get(number) ?? [])
      this.#told.set(incident.number, [...(this.#told.get(incident.number) ?? []), ...moved, ...added])
      this.#merges += absorbed.length
      if (incident.state === 'closed') this.#closings += 1
      for (const number of absorbed) this.#told.delete(number)
    }
  }
}
