// Several questions in one round trip. A page that opens needs a dozen answers at once, and a browser keeps six connections to
// a host, of which the event stream takes one for ever.
import type { Parameter } from '../parameter.ts';
import { problemResponse } from '../problems.ts';
import type { ApiContext, Route } from '../route.ts';

const MOST_QUESTIONS = 16;
const LONGEST_QUESTION = 500;
const ROOT = '/api/monitoring/';

/**
 * A path without dots, escapes or a leading slash: it can neither leave the API nor be written in a second way. Files are no
 * JSON, the event stream has no end, and a batch in a batch could grow without bound.
 */
const QUESTION = /^(?!(events|batch)\b)[a-z][\w/-]*(\?[^#\s]*)?$/;

/** Repeated, as no other parameter is: the route reads it itself. */
const get: Parameter<never> = {
  schema: {
    minItems: 1,
    maxItems: MOST_QUESTIONS,
    type: 'array',
    items: { type: 'string', maxLength: LONGEST_QUESTION, pattern: QUESTION.source },
  },
  description: 'a path below `/api/monitoring/` with its query, as `trends?hours=24`; repeated',
  read: () => ({ allowed: `1 to ${MOST_QUESTIONS} of them` }),
};

export const BATCH_ROUTE: Route = {
  method: 'GET',
  path: '/api/monitoring/batch',
  summary: 'Several GETs in one round trip',
  description:
    'Answers `{ "data": [ { "path", "status", "body" } ] }` in the order asked; one that fails costs no other.',
  query: { get },
  answer: { kind: 'other', contentType: 'application/json', description: 'an answer for each path' },
  problems: ['INVALID_PARAMETER'],
  respond: async ({ request }, context) => {
    const questions = new URL(request.url).searchParams.getAll('get');
    const problems = problemsOf(questions);
    if (problems.length > 0) return problemResponse({ refusal: 'INVALID_PARAMETER', problems });
    const answers = await Promise.all(questions.map((path) => answer(path, request, context)));
    return new Response(
      `{"success":true,"data":[${answers.join(',')}],"message":"${answers.length} answers"}`,
      {
        headers: { 'content-type': 'application/json' },
      },
    );
  },
};

/** The same headers: whoever may not ask for one alone may not ask for it here. */
async function answer(path: string, { url, headers }: Request, { ask }: ApiContext): Promise<string> {
  const response = await ask(new Request(new URL(ROOT + path, url), { headers }));
  return `{"path":${JSON.stringify(path)},"status":${response.status},"body":${await response.text()}}`;
}

function problemsOf(questions: readonly string[]): { name: string; value: string; allowed: string }[] {
  if (questions.length === 0 || questions.length > MOST_QUESTIONS)
    return [{ name: 'get', value: `${questions.length} paths`, allowed: `1 to ${MOST_QUESTIONS} of them` }];
  const wrong = questions.filter((path) => path.length > LONGEST_QUESTION || !QUESTION.test(path));
  return wrong.map(() => ({
    name: 'get',
    value: 'a path',
    allowed: 'a path below /api/monitoring/ that answers GET with JSON',
  }));
}
