import { z } from 'zod'

/**
 * A list of numbers, whole ones where `kind` says so, of which the first fault alone is told: a complaint about each of some
 * million members would take gigabytes.
 */
export const numberList = (kind: 'number' | 'int'): z.ZodType<number[]> =>
  z
    .array(z.unknown())
    .min(1)
    .superRefine((list, context) => {
      const fits = kind === 'int' ? Number.isSafeInteger : Number.isFinite
      const at = list.findIndex((each) => !fits(each))
      if (at >= 0) context.addIssue({ code: 'invalid_type', expected: kind, input: list[at], path: [at] })
    }) as unknown as z.ZodType<number[]>

/** A list whose length is looked at before its members. */
export const boundedList = <T extends z.ZodType>(member: T, least: number, most: number) =>
  z.array(z.unknown()).min(least).max(most).pipe(z.array(member))
