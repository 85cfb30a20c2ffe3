/** The version of the house; package.json says the same, a test holds it. */
export const VERSION = '0.1.0'
