import { withQuery } from './path.ts'

/** A refusal of the server, or of the line to it: a sentence for people, and sentences by field for forms. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Readonly<Record<string, string>>
  readonly detail: unknown

  constructor(status: number, code: string, sentence: string, fields: Record<string, string> = {}, detail?: unknown) {
    super(sentence)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.fields = fields
    this.detail = detail
  }
}

/** Asks for sign-in when a session ends in the middle of work; the shell sets it. */
let onSignedOut: () => void = () => {}
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

type Query = Record<string, string | number | boolean | null | undefined>

async function ask<Answer>(method: string, address: string, body?: unknown): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(address, {
      method,
      credentials: 'same-origin',
      ...(body instanceof FormData
        ? { body }
        : body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    throw new Refusal(0, 'offline', '连不上服务器。请检查网络后重试；已填写的内容还在页面上。')
  }
  if (response.ok) {
    if (response.status === 204) return undefined as Answer
    const text = await response.text()
    return (text ? JSON.parse(text) : undefined) as Answer
  }
  const answer = (await response.json().catch(() => ({}))) as {
    code?: string
    message?: string
    fields?: Record<string, string>
    detail?: unknown
  }
  if (response.status === 401 && answer.code === 'signed-out') onSignedOut()
  throw new Refusal(
    response.status,
    answer.code ?? 'unknown',
    answer.message ?? `服务器没有正常回答（${response.status}）。请稍后再试。`,
    answer.fields,
    answer.detail,
  )
}

/** Reads; unset query values are left out. @throws Refusal */
export const get = <Answer>(address: string, query: Query = {}): Promise<Answer> =>
  ask('GET', withQuery(address, query))
export const post = <Answer = void>(address: string, body: unknown = {}): Promise<Answer> => ask('POST', address, body)
export const put = <Answer = void>(address: string, body: unknown): Promise<Answer> => ask('PUT', address, body)
export const remove = <Answer = void>(address: string): Promise<Answer> => ask('DELETE', address)

/** The sentence to show for anything thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : '出了意外的问题。请刷新页面重试。'
