import type { Scalar, ValueSpan } from './read-value.ts'

/** A place for value number `index` of the template instance. An optional one without value takes its element away. */
interface Hole {
  readonly kind: 'hole'
  readonly index: number
  readonly optional: boolean
}

export interface Attribute {
  readonly name: string
  readonly content: readonly Content[]
}

/** An element as it stands in a template: what varies are holes. */
export interface Element {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly content: readonly Content[]
}

/** A template together with where its values lie. */
export interface Instance {
  readonly kind: 'instance'
  readonly template: readonly Content[]
  readonly values: readonly ValueSpan[]
}

/** Binary XML as read: text and other values are scalars. */
export type Content = Scalar | Hole | Element | Instance
