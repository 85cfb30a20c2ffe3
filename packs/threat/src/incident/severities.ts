import type { Severity } from '../ticket/ticket.ts'

/** The mildest first. */
export const SEVERITIES: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical']
