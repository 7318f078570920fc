// Requests and responses between two threads: taken apart on one side, put together on the other. Bodies of requests are read
// whole (the API bounds them); bodies of responses are streams, so that server-sent events pass through.
import type { RequestRecord, ResponseRecord } from './messages.ts';

export async function takeRequestApart(request: Request): Promise<RequestRecord> {
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return { method: request.method, url: request.url, headers: [...request.headers], ...(body && { body }) };
}

export function putRequestTogether({ method, url, headers, body }: RequestRecord): Request {
  return new Request(url, {
    method,
    headers: headers.map(([name, value]) => [name, value]),
    ...(body && { body }),
  });
}

export function takeResponseApart(response: Response): ResponseRecord {
  return { status: response.status, headers: [...response.headers], body: response.body };
}

export function putResponseTogether({ status, headers, body }: ResponseRecord): Response {
  return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) });
}
