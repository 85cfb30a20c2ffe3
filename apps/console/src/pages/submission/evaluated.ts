import type { SubmissionView } from '@dengta/sdk'

/** What a scored submission carries. */
export type Evaluated = NonNullable<SubmissionView['evaluation']>
