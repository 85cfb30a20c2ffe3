import { deserialize } from 'node:v8'
import { gunzipSync } from 'node:zlib'
import type { TriageStageState } from './triage-state.ts'

/**
 * States as they were written when an incident held all its findings (commit 3a673ad), two incidents live: `web` with `mail`
 * joined through an address, and `db`, one group with 7 alerts.
 */
const unpacked = (base64: string): Buffer => gunzipSync(Buffer.from(base64, 'base64'))

/** As `freeze` wrote its large part. */
export const listsOfBefore = (): Uint8Array => unpacked(LISTS)

/** As `save` answered all of it, before there was a large part. */
export const wholeOfBefore = (): TriageStageState => deserialize(unpacked(WHOLE)) as TriageStageState

const LISTS =
  'H4sIAAAAAAAAA6WUzY7TMBDHJ87HpmUXEPAAyMoZtcuHlluyEkK+LAfQ3tNkNrWU2sV22kV7gffgtoingHfhSQA5H22KWtSCcpmZ' +
  'jP72z/NxCQC/7knqCrm8gB+fLn9+uz6nRxqNKTFnQI9yzHhem742qTIXAB+brIHAa/NayWrOQnpsHSZsrjDMuwneulY5IdSTcxSJ' +
  'J2kgqtkEFQM60LwQqakUUk9nqaDeVGpD3SVOaJijwcxIRX3Ni1lK/RIXWFKg/hVXune+V6Z9N0hLVEYzQod1YmJdOrT68RIn8YgO' +
  '0jxXqDXqBCIAGqZZJithdOJQFxcYgUMHcyWzXs7QYDYV/H2FNst/Nx49exGBc3Oy5vH+l+fzl+PvPZ7W3c5zvOI5fb5B5NBwPHpi' +
  'v5eW41A2G+hDBRtQmZx/aKG8WcrLfajg6/0+VetupzqxB8RWOX56uh9WTXAIEekT+aUseFcnku8ukzflxXQNdXYb9qFat4O6u1mq' +
  '+ow4n8Tjs781354kEXgRkAewGqsFqvpXBORRFw2WXORy2cXfdPHhCl0nTkLonZX/eCRpUNgp1gz+nCl/Uiltx9mNgETgREBedZL+' +
  'POWqUQus+e9CtgitkDUPFXq4EsrS7v023kRnUq3jt118wNt1pRPS3052zxls9tbOpdO18wxVgXlTIr/fbNtVdvTPhkoNRs67a4ZX' +
  'XORcFDrxEpcBA0YicGvTW5sBcxqTMMKCCNymXX4DjGrdnuAFAAA='

const WHOLE =
  'H4sIAAAAAAAAA6WUzW4TMRDHvV7bSUNLOfAAaJQzSsuHym2X2x7oCXFEcnanG4uNHWwn22ov5T24gXgKeBeeBJA3XxuUolTIF8/I' +
  '9n9+M+P5fWpAeKtkiQZ4LX0+MRBrU1+Sn5/e/fp+/Rp6pTXzGVoDTOO1z/rAzAy1ZBkxIPR8OkabEThyqtTSzy0Cc7nUwCbGeYhr' +
  'HEO/QI+5Nxa4U+VUAq9wgRUQ4FfKOn9JyO1SjFWyawpZofUuozBoD6bBhEF4P6lxnIzgSBaFRefQpWRICPRlnpu59i6NIMYFDkkE' +
  'RzNr8s6Zgcd8otXHOYZT/O3Z6PnLIYmak4xuidj/En3+evyjQ7Qy9xMdb4jOX+wwRdA/Gz0N61UguS9dcDQnGdtiiR2s3MxuVlhs' +
  'KlV1CBf59qjLtTL3c50EgSS8nDw7PwysZTiASWyZaJeJV6ZU61rR4u5SsYkqJ1usiy/9LtbKXGM93C1Xq5EU4+Ts4l8teCBLwlhD' +
  'oTdRzht7Y4A7L23nFww2dC6NUgoPNvaTkQHR/k+Xkb8/Dx/PrfMZa+IhoSHJfCaVXT4hwvaet0NGV7fD9l63GwaiVrow9TIJPYfe' +
  'V1hkBHoF5qoI20YAz+UmUcLlxq6TFAMbG/NhPYQYsEotMKXdERTy5nE5nu6cLKt+7V8pXShdujQ2wFuM9xx4K5nRhm6cg33O07Uz' +
  'auiQxCCmaEsslqHudOb+mPY32zamaKP0eK0kmrYKu0pDQhsKQmONzhvo4QK1f+O2w3tgMUe1wKLjbGgT/wE7U6BM+AUAAA=='
