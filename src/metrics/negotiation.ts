// Which of the two text formats a scraper gets. RFC 9110, section 12.5.1, cut down to two offers: OpenMetrics for those who name
// it and rank it at least as high as the classic text, the classic text for everyone else.

export type Format = 'text' | 'openmetrics';

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

/** @param accept the request's Accept header; absent or matching neither gives the classic text. */
export function negotiate(accept: string | undefined): Format {
  const ranges = (accept ?? '').split(',').map(parseRange);
  const openMetrics = bestQuality(ranges, ['application/openmetrics-text'], ['1.0.0']);
  const text = bestQuality(ranges, ['text/plain', 'text/*'], ['0.0.4', '1.0.0']);
  return openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'text';
}

function bestQuality(
  ranges: readonly MediaRange[],
  types: readonly string[],
  versions: readonly string[],
): number {
  const qualities = ranges
    .filter(({ type }) => types.includes(type))
    .filter(({ version }) => version === undefined || versions.includes(version))
    .map(({ quality }) => quality);
  return Math.max(0, ...qualities);
}

function parseRange(range: string): MediaRange {
  const [type = '', ...rest] = range.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(rest.map(parseParameter));
  const quality = Number(parameters.get('q') ?? 1);
  return {
    type,
    version: parameters.get('version'),
    quality: quality >= 0 && quality <= 1 ? quality : 0,
  };
}

function parseParameter(parameter: string): [string, string] {
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
  return [name, value.replace(/^"(.*)"$/, '$1')];
}
