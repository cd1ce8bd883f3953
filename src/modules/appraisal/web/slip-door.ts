import { Refusal } from '../../../web/api.ts'

export interface Sheets {
  title: string
  unitName: string
  groupName: string
  closesOn: string
  criteria: string[]
  /** By criterion: what may be answered. */
  choices: string[][]
  remarks: boolean
  whole: 'overall' | 'complete'
  topMost: number | null
  subjects: {
    id: number
    name: string
    post: string | null
    report: string | null
    /** 民主推荐: how many may be named, and from whom. */
    seats: number | null
    nominees: { name: string; post: string | null }[]
  }[]
  writeIns: boolean
}

/**
 * Asks without a cookie, whoever is signed in on this phone: neither the request nor a session's «last seen» then says who
 * filled in a sheet. @throws Refusal
 */
export async function askAtSlip<Answer>(address: string, body: object): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new Refusal(0, 'offline', '网络不通，还没有交上。填好的内容还在页面上，请稍后再点一次，不会重复计票。')
  }
  if (response.status === 204) return undefined as Answer
  const answer = (await response.json().catch(() => ({}))) as Answer & {
    code?: string
    message?: string
    fields?: Record<string, string>
  }
  if (response.ok) return answer
  throw new Refusal(
    response.status,
    answer.code ?? 'unknown',
    answer.message ?? '没有收到回答，请稍后再试。',
    answer.fields,
  )
}
