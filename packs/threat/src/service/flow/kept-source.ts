import { setTimeout as delay } from 'node:timers/promises'
import { AppError, fillText, type Text } from '@dengta/kernel'
import type { ThreatSource } from '@dengta/sdk'
import type { EventSource } from '../../ingest/source.ts'

/** A source that is configured, open or not. */
export interface SourcePlan {
  readonly kind: string
  /** Address, folder or stream as configured. */
  readonly at: string
  readonly make: () => EventSource
}

export interface KeptSourceOptions {
  /** Begins to take events in from it. Throws what the source throws. */
  readonly add: (source: EventSource) => Promise<void>
  /** Takes a line for the server's log. */
  readonly warn: (line: string) => void
  /** Milliseconds until the second try; each further one waits twice as long, up to a minute. */
  readonly againMs?: number
}

const AGAIN_MS = 1000
const LONGEST_MS = 60_000

/** One source, opened by itself: where that fails it says why and is tried again, while the others run. */
export class KeptSource {
  readonly #plan: SourcePlan
  readonly #options: KeptSourceOptions
  readonly #stop = new AbortController()
  #source: EventSource | undefined
  #reason: Text | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(plan: SourcePlan, options: KeptSourceOptions) {
    this.#plan = plan
    this.#options = options
  }

  /** Why it is not open; undefined while it is, and before the first try. */
  get reason(): Text | undefined {
    return this.#reason
  }

  /** Resolves after the first try, whatever came of it; further ones go on behind. */
  async open(): Promise<void> {
    if (!(await this.#try())) this.#running = this.#tryAgain()
  }

  /** Tries no more; resolves when no try is under way. An open source is stopped by whoever it was added to. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  status(): ThreatSource {
    const { kind, at } = this.#plan
    if (this.#source) {
      const status = this.#source.status()
      return { ...status, faults: { ...status.faults }, state: 'open' }
    }
    const reason = this.#reason
    return { ...{ kind, at, open: 0, faults: {} }, ...(reason ? { state: 'failed', reason } : { state: 'opening' }) }
  }

  async #tryAgain(): Promise<void> {
    const { signal } = this.#stop
    for (let wait = this.#options.againMs ?? AGAIN_MS; !signal.aborted; wait = Math.min(2 * wait, LONGEST_MS)) {
      await delay(wait, undefined, { signal, ref: false }).catch(() => undefined) // a stop ends the wait
      if (!signal.aborted && (await this.#try())) return
    }
  }

  /** To make a source may be refused too. One that did not start lets go of what it holds, such as a socket. */
  async #try(): Promise<boolean> {
    let source: EventSource | undefined
    try {
      source = this.#plan.make()
      await this.#options.add(source)
    } catch (error) {
      await source?.stop().catch(() => undefined) // why it failed is said already
      this.#failed(reasonOf(error, this.#plan.at))
      return false
    }
    this.#source = source
    if (this.#reason) this.#options.warn(`source ${this.#name}: open now`)
    this.#reason = undefined
    return true
  }

  #failed(reason: Text): void {
    if (this.#reason?.en !== reason.en) this.#options.warn(`source ${this.#name}: ${reason.en}; it is tried again`)
    this.#reason = reason
  }

  get #name(): string {
    return `${this.#plan.kind} ${this.#plan.at}`
  }
}

/** What the system says of an address or a folder, in words that say what to do. */
const SYSTEM: Readonly<Record<string, Text>> = {
  EADDRINUSE: {
    en: 'the address {at} is taken by another program (address already in use); end that one, or set another port',
    zh: '地址 {at} 已被其他程序占用；请结束该程序，或改用其他端口',
  },
  EACCES: {
    en: 'this program may not use {at}; give it the right, or set another port or folder',
    zh: '本程序无权使用 {at}；请授予权限，或改用其他端口或目录',
  },
  EADDRNOTAVAIL: {
    en: 'this machine has no address {at}; set DENGTA_THREAT_HOST to one of its own',
    zh: '本机没有地址 {at}；请将 DENGTA_THREAT_HOST 设为本机地址',
  },
  ENOENT: { en: 'there is no folder {at}; make it', zh: '目录 {at} 不存在；请创建' },
}

const UNKNOWN: Text = {
  en: 'it could not be opened ({why}); see that {at} is right and within reach',
  zh: '无法打开（{why}）；请检查 {at} 是否正确、可达',
}

function reasonOf(error: unknown, at: string): Text {
  if (error instanceof AppError) return error.text
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException
  const known = SYSTEM[code]
  return fillText(known ?? UNKNOWN, { at, why: message })
}
