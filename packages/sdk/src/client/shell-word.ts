/** A word of a command line to be pasted into a POSIX shell: quoted where the shell would read more into it. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
