import { expect, test } from 'vitest'
import { commandWords } from './command-words.ts'

test.each([
  ['python train.py --epochs 3', ['python', 'train.py', '--epochs', '3']],
  [`bash -c 'echo "a b"' "it's \\"here\\""`, ['bash', '-c', 'echo "a b"', `it's "here"`]],
  ['a\\ b --name="x y"', ['a b', '--name=x y']],
  [`'' ""`, ['', '']],
  ['  ', []],
  ["echo 'open", undefined],
  ['echo "open', undefined],
  ['echo \\', undefined],
])('%j are the words %j', (command, words) => expect(commandWords(command)).toEqual(words))
