/** A longer line of a file is no event, bytes. */
export const FILE_LINE_BYTES = 16 * 2 ** 20

/** Of lines over the network where nothing else is set, bytes: the quick way of the matcher ends there too. */
export const NETWORK_LINE_BYTES = 2 ** 20

/** What a limit may be set to, bytes: more than one chunk of a socket, and no more than files may have. */
export const LINE_LIMITS = { least: 2 ** 16, most: FILE_LINE_BYTES }
