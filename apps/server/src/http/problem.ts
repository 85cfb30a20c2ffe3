import { type AppError, type ErrorKind, toAppError } from '@dengta/kernel'
import type { Problem } from '@dengta/sdk'
import { httpErrors } from './http-errors.ts'

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limit: 413,
  unavailable: 503,
}

/** The one place where an error kind becomes an HTTP status (RFC 9457 problem details). */
export function problemOf(error: AppError): Problem {
  const status = error.code === 'house.unexpected' ? 500 : STATUS[error.kind]
  return {
    type: `urn:dengta:error:${error.code}`,
    title: error.text.en,
    status,
    code: error.code,
    text: error.text,
    details: { ...error.details },
  }
}

/** Normalises whatever was thrown below the HTTP edge, the web framework's own errors included. */
export function normalise(thrown: unknown, bodyLimit: number): AppError {
  const { code } = (thrown ?? {}) as { readonly code?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return httpErrors.body_too_large({ limit: bodyLimit }, thrown)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return httpErrors.wrong_media_type({}, thrown)
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return httpErrors.malformed_json({}, thrown)
  }
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return httpErrors.malformed_path({}, thrown)
  if (isDiskFull(thrown)) return httpErrors.disk_full({}, thrown)
  return toAppError(thrown)
}

/** The system's words for it, and PostgreSQL's (class 53). */
const DISK_FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', '53100'])

function isDiskFull(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if ('code' in error && DISK_FULL.has(error.code)) return true
  return false
}
