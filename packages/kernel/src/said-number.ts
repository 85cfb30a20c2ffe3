const COUNT = new Intl.NumberFormat('en-GB')

/** A count as a sentence says it, the same in both languages: 12188 is `12,188`. */
export const saidCount = (value: number): string => COUNT.format(value)

/** A share of one as a sentence says it, the same in both languages: 0.0009 is `0.09%`. */
export const saidPercent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)}%`
