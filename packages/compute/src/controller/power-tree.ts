import type { NodeLimit, PowerLimits } from './power-limits.ts'

/** Rounding of sums of kW that is no violation. */
const ROUNDING_KW = 1e-6

export interface OverLimit {
  readonly node: string
  readonly kw: number
  readonly limitKw: number
}

/** Counts power site by site up the feeders. */
export class PowerTree {
  readonly #nodes: ReadonlyMap<string, NodeLimit>
  readonly #paths: ReadonlyMap<string, readonly string[]>
  readonly #kw = new Map<string, number>()

  constructor({ sites, feeders }: PowerLimits) {
    this.#nodes = new Map([...sites, ...feeders].map((node) => [node.name, node]))
    this.#paths = new Map(sites.map(({ name }) => [name, this.#climb(name)]))
  }

  /** The site and every feeder above it; empty for a site that nobody set a limit for. */
  path(site: string): readonly string[] {
    return this.#paths.get(site) ?? []
  }

  add(site: string, kw: number): void {
    for (const node of this.path(site)) this.#kw.set(node, this.kw(node) + kw)
  }

  kw(node: string): number {
    return this.#kw.get(node) ?? 0
  }

  /** False as well for a site without a limit: nothing is started where nobody said what it may draw. */
  fits(site: string, kw: number): boolean {
    const path = this.path(site)
    return path.length > 0 && path.every((node) => this.kw(node) + kw <= this.#nodes.get(node)!.limitKw + ROUNDING_KW)
  }

  isOver(node: string): boolean {
    return this.kw(node) > this.#nodes.get(node)!.limitKw + ROUNDING_KW
  }

  /** What stands above its limit, sites before the feeders above them. */
  over(): OverLimit[] {
    return [...this.#nodes.values()]
      .filter(({ name }) => this.isOver(name))
      .map(({ name, limitKw }) => ({ node: name, kw: this.kw(name), limitKw }))
      .sort((a, b) => this.#climb(b.node).length - this.#climb(a.node).length)
  }

  /** Requests of the grid that hold for a site now, its feeders' too. */
  events(site: string): readonly string[] {
    return this.path(site).flatMap((node) => this.#nodes.get(node)!.events)
  }

  #climb(from: string): string[] {
    const path: string[] = []
    for (let node = this.#nodes.get(from); node && !path.includes(node.name); node = this.#nodes.get(node.parent ?? ''))
      path.push(node.name)
    return path
  }
}
