/**
 * Work and room that one chunk may cost, so that a template that multiplies its values ends in a fault and not in minutes.
 * A chunk of a real log holds some hundred records, about 20,000 steps and 300,000 characters.
 */
export class Budget {
  #steps: number
  #characters: number

  constructor(steps: number = 400_000, characters: number = 2 ** 22) {
    this.#steps = steps
    this.#characters = characters
  }

  /** One token read or one element made; throws RangeError when too much was done. */
  step(): void {
    this.#steps -= 1
    if (this.#steps < 0) throw new RangeError('the chunk needs too many steps')
  }

  /** Text made; throws RangeError when there is too much of it. */
  text(characters: number): void {
    this.#characters -= characters
    if (this.#characters < 0) throw new RangeError('the chunk makes too much text')
  }
}
