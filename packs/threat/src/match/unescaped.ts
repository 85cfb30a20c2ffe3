/** What a backslash and one letter stand for in JSON, by letter. */
export const UNESCAPED = new Uint8Array(256)
for (const [letter, char] of Object.entries({ '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9 })) {
  UNESCAPED[letter.charCodeAt(0)] = char
}
