import { expect, test } from 'vitest'
import { startedClass, wishedClass } from './started-class.ts'

test.each(['pretrain', 'work on site'])(
  'what was asked for as %j is still called that once it has started',
  (wished) => {
    const started = startedClass(wished, 'a100', { watts: 382, speed: 0.866 })
    expect([wished, started, startedClass(started, 'a100', { watts: 300, speed: 1e-7 })].map(wishedClass)).toEqual([
      wished,
      wished,
      wished,
    ])
  },
)
