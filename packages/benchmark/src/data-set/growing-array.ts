type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A typed array that doubles as it fills. */
export class GrowingArray<A extends Numbers> {
  readonly #make: (length: number) => A
  #values: A
  #length = 0

  constructor(make: (length: number) => A) {
    this.#make = make
    this.#values = make(1024)
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#make(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length] = value
    this.#length += 1
  }

  /** The values so far; further pushes do not change it. */
  finish(): A {
    return this.#values.slice(0, this.#length) as A
  }
}

export const growingFloats = (): GrowingArray<Float64Array<ArrayBuffer>> => new GrowingArray((n) => new Float64Array(n))
export const growingInts = (): GrowingArray<Int32Array<ArrayBuffer>> => new GrowingArray((n) => new Int32Array(n))
