import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { generate } from 'otplib'
import type { App } from '../../kernel/http/app.ts'

export interface Answer {
  status: number
  /** Parsed JSON, or the text of any other answer. */
  body: any
  headers: Record<string, unknown>
}

/** A browser at the front door: keeps the cookie, speaks JSON. */
export interface Client {
  get(url: string): Promise<Answer>
  post(url: string, body?: unknown): Promise<Answer>
  put(url: string, body?: unknown): Promise<Answer>
  delete(url: string): Promise<Answer>
  cookie(): string
}

/** A client that hasn't signed in. `ip` lets a test come from another address. */
export function visitor(app: App, ip = '127.0.0.1'): Client {
  let cookie = ''
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url,
      remoteAddress: ip,
      headers: { ...(cookie && { cookie }), 'user-agent': 'test' },
      ...(body !== undefined && { payload: body as object }),
    })
    for (const set of answer.cookies) cookie = set.value ? `${set.name}=${set.value}` : ''
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
  }
  return {
    get: (url) => send('GET', url),
    post: (url, body = {}) => send('POST', url, body),
    put: (url, body = {}) => send('PUT', url, body),
    delete: (url) => send('DELETE', url),
    cookie: () => cookie,
  }
}

/**
 * Signs in by name and password, and with the code of an authenticator where the account has one.
 * @param options.secret base32, as given to `giveTotp`
 * @throws when refused, or when a second factor is asked for and no secret is given
 */
export async function signIn(
  app: App,
  login: string,
  password: string,
  options: { ip?: string; secret?: string } = {},
): Promise<Client> {
  const client = visitor(app, options.ip)
  let answer = await client.post('/api/sign-in', { name: login, password })
  if (answer.body.step === 'factor' && options.secret)
    answer = await client.post('/api/sign-in/totp', { code: await generate({ secret: options.secret }) })
  if (answer.status !== 200 || answer.body.step === 'factor')
    throw new Error(`sign-in of ${login}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return client
}

/**
 * A session of an account, past its activation and second factor, without walking through the door: for tests of what
 * somebody may do who is inside.
 * @returns the cookie's token
 */
export async function sessionOf(owner: pg.Pool, accountId: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await owner.query(`update accounts.account set state = 'active' where id = $1`, [accountId])
  await owner.query(
    `insert into accounts.session (token_hash, account_id, method, awaits_factor, second_factor_at, idle_seconds, expires_at,
      ip, user_agent) values ($1, $2, 'password', false, now(), 7200, now() + interval '1 hour', '127.0.0.1', 'test')`,
    [createHash('sha256').update(token).digest(), accountId],
  )
  return token
}
