// Gives each distinct string a number: 0, 1, 2 … in the order in which they were first seen.

export class StringInterner {
  readonly #indices = new Map<string, number>();
  readonly #strings: string[] = [];

  get size(): number {
    return this.#strings.length;
  }

  intern(text: string): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    const index = this.#strings.push(text) - 1;
    this.#indices.set(text, index);
    return index;
  }

  strings(): readonly string[] {
    return this.#strings;
  }
}
