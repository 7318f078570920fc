// Severities: each with its word and its shape, never by colour alone.
import type { AlertEntry } from '../../../src/api/wire.ts';

export type Severity = AlertEntry['severity'];

const SHAPES: Readonly<Record<Severity, string>> = { warning: '●', medium: '▲', high: '■', critical: '■' };

export function SeverityWord({ severity }: { severity: Severity }) {
  return (
    <span class={`severity ${severity}`}>
      <span aria-hidden="true">{SHAPES[severity]} </span>
      {severity}
    </span>
  );
}
