/** An object as the stub keeps it. */
export interface StubObject {
  metadata: Record<string, unknown> & { name: string; namespace?: string; resourceVersion: string; generation?: number }
  spec?: Record<string, unknown>
  status?: Record<string, unknown>
  [key: string]: unknown
}

interface Change {
  readonly version: number
  readonly path: string
  readonly type: string
  readonly object: StubObject
}

export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** RFC 7386. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {}
  const merged: Record<string, unknown> = base as Record<string, unknown>
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  return merged
}

/** Objects by path with one version counter, and the changes that a watch is fed from; old ones can be dropped. */
export class StubObjects {
  readonly #objects = new Map<string, StubObject>()
  readonly #listeners = new Set<(change: Change) => void>()
  #changes: Change[] = []
  #version = 1000
  /** Watches and page tokens older than this get 410 Gone. */
  oldest = 0

  get version(): number {
    return this.#version
  }

  get(path: string): StubObject {
    const found = this.#objects.get(path)
    if (!found) throw new Refusal(404, `${path} not found`)
    return structuredClone(found)
  }

  list(collection: RegExp): StubObject[] {
    return [...this.#objects].filter(([path]) => collection.test(path)).map(([, object]) => structuredClone(object))
  }

  create(path: string, object: StubObject): StubObject {
    if (this.#objects.has(path)) throw new Refusal(409, `${path} already exists`)
    return this.#write(path, object, 'ADDED')
  }

  /** Where the patch names a version that is not the object's own any more: 409 Conflict. A status patch changes status only. */
  patch(path: string, patch: Partial<StubObject>, part: 'status' | 'main'): StubObject {
    const before = this.get(path)
    const wanted = patch.metadata?.resourceVersion
    if (wanted !== undefined && wanted !== before.metadata.resourceVersion)
      throw new Refusal(409, 'the object has been modified; please apply your changes to the latest version')
    const after = mergePatch(before, patch) as StubObject
    const kept =
      part === 'status' ? { ...before, status: after.status ?? {} } : { ...after, status: before.status ?? {} }
    return this.#write(path, kept, 'MODIFIED')
  }

  /** In the foreground an object that has pods stays, marked, until they are gone; here until it is removed again. */
  remove(path: string, inForeground = false): void {
    const before = this.get(path)
    if (inForeground && Number(before.status?.active ?? 0) > 0) {
      const marked = { ...before, metadata: { ...before.metadata, deletionTimestamp: '2026-07-15T00:00:00Z' } }
      this.#write(path, marked, 'MODIFIED')
      return
    }
    this.#objects.delete(path)
    this.#announce(path, 'DELETED', before)
  }

  /** Forgets how it got here, as etcd does when it compacts. */
  compact(): void {
    this.#version += 1
    this.oldest = this.#version
    this.#changes = []
  }

  watch(collection: RegExp, since: number, send: (change: Change) => void): () => void {
    const fits = (change: Change): boolean => collection.test(change.path)
    for (const change of this.#changes.filter((each) => each.version > since && fits(each))) send(change)
    const listener = (change: Change) => {
      if (fits(change)) send(change)
    }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #write(path: string, object: StubObject, type: string): StubObject {
    this.#objects.set(path, object)
    this.#announce(path, type, object)
    return structuredClone(object)
  }

  #announce(path: string, type: string, object: StubObject): void {
    this.#version += 1
    object.metadata = { ...object.metadata, resourceVersion: String(this.#version) }
    const change = { version: this.#version, path, type, object: structuredClone(object) }
    this.#changes.push(change)
    for (const listener of [...this.#listeners]) listener(change)
  }
}
