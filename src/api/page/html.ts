// HTML that cannot be broken out of: whatever is put into a template is escaped, unless it is HTML itself. Names of processes
// and messages of alerts come from anyone who may start a process.

/** Text that is HTML already. Only `html` makes one. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | readonly Html[] | string | number;

export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const rendered = parts.map((part, index) => render(part) + (fixed[index + 1] ?? ''));
  return new Html((fixed[0] ?? '') + rendered.join(''));
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
