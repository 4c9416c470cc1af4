export interface JsonRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  json?: unknown;
  timeoutMs: number;
  maxBytes: number;
}

export interface Answered {
  kind: 'answered';
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when `text` is no JSON. */
  body: unknown;
}

/** `not_sent` is certain: the other side cannot have acted. `lost` leaves open whether it did. */
export type JsonAnswer = Answered | { kind: 'not_sent'; message: string } | { kind: 'lost'; message: string };

/** One exchange, never repeated, never redirected, never throwing. Messages hold codes only: an error's text can quote a header. */
export async function exchangeJson(request: JsonRequest): Promise<JsonAnswer> {
  try {
    const response = await globalThis.fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
      headers: {
        Accept: 'application/json',
        ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      body: request.json === undefined ? null : JSON.stringify(request.json),
    });
    const text = await readAtMost(request.maxBytes, response);
    return {
      kind: 'answered',
      status: response.status,
      headers: response.headers,
      text,
      body: jsonOrUndefined(text),
    };
  } catch (error) {
    return { kind: wasNeverSent(error) ? 'not_sent' : 'lost', message: `no answer (${codeOf(error)})` };
  }
}

async function readAtMost(maxBytes: number, response: Response) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > maxBytes) throw new AnswerTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

class AnswerTooLong extends Error {
  override name = 'AnswerTooLong';
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Codes that exist only before a connection stands. ECONNRESET, EPIPE and the like are missing on purpose, and a
 * network or host that became unreachable counts only while connecting.
 */
const BEFORE_CONNECTION = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

interface Cause {
  code?: string;
  syscall?: string;
}

function wasNeverSent(error: unknown) {
  const { code, syscall } = causeOf(error);
  return code !== undefined && (BEFORE_CONNECTION.has(code) || syscall === 'connect');
}

const codeOf = (error: unknown) => causeOf(error).code ?? (error instanceof Error ? error.name : 'unknown');

/** When every address of a host fails, node gathers the failures; their kinds may differ, their stage does not. */
function causeOf(error: unknown): Cause {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return ((cause instanceof AggregateError ? cause.errors[0] : cause) ?? {}) as Cause;
}
