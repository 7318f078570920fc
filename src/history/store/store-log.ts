// How the store says what became of it.

/** `event` and `fields` as in a structured log. */
export type StoreLog = (
  level: 'info' | 'warning' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
