import { hash, verify } from '@node-rs/argon2'
import { availableParallelism } from 'node:os'
import { pinyin } from 'pinyin-pro'
import { Problem, refused } from '../../../kernel/contract/problem.ts'

/** argon2id, 19 MiB, two passes: the library's own defaults, written out so that an update can't weaken them. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// A hash takes 19 MiB and a core. More at once than cores would only make every sign-in slower and the server fat.
const lanes = availableParallelism()
const waitingLimit = 500
let running = 0
const waiting: (() => void)[] = []

async function inLane<T>(work: () => Promise<T>): Promise<T> {
  if (running >= lanes) {
    if (waiting.length >= waitingLimit) throw new Problem(503, 'busy', '同时登录的人太多，请稍候几秒再试。')
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> => inLane(() => hash(password, strength))

let decoy: Promise<string> | undefined

/** Takes as long for an account without a password (or no account) as for a wrong one, so that time tells nothing. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const against = passwordHash ?? (await (decoy ??= hashPassword(crypto.randomUUID())))
  const matches = await inLane(() => verify(against, password))
  return passwordHash !== null && matches
}

/** Words people in this country build their passwords on. Compared without digits and signs. */
const common = new Set(
  (
    'password passw0rd pssword pssw0rd admin administrator root test user guest welcome iloveyou letmein monkey dragon ' +
    'qwerty qwertyuiop qweasd qweasdzxc asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcde abcdef ' +
    'abcabc aaa aa a woaini wodemima mima zhongguo china beijing gonghui zhijia zhigong laodong huiyuan gongzuo'
  ).split(' '),
)

function refuse(sentence: string): never {
  throw refused('weak-password', sentence, { password: sentence })
}

/**
 * Refuses what is guessed first: short, common, runs, the person's own names.
 * @param own login name, name, staff number: none of them may stand in the password
 */
export function checkPassword(password: string, own: readonly (string | null)[]): void {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
  if (password.length > 128) refuse('密码请不要超过 128 个字符。')
  if (password.length < 8 || (password.length < 12 && classes < 3))
    refuse('密码至少 8 位，并含大写字母、小写字母、数字、符号中的三种；或者用 12 位以上的一句话。')
  const lower = password.toLowerCase()
  if (new Set(lower).size < 5 || isRun(lower)) refuse('密码里重复或连续的字符太多，容易被猜中，请换一个。')
  if (common.has(lower.replace(/[^a-z]/g, '')) || common.has(lower.replace(/[^a-z0-9]/g, '').replace(/\d+$/, '')))
    refuse('这个密码太常见，容易被猜中，请换一个。')
  for (const text of own) {
    if (!text) continue
    const spelled = pinyin(text, { toneType: 'none', type: 'array' }).join('').toLowerCase()
    for (const name of new Set([text.toLowerCase(), spelled]))
      if (name.length >= 2 && lower.includes(name)) refuse('密码里不要包含自己的姓名、登录名或工号。')
  }
}

/** 123456789012, abcdefghijkl: each character next to the one before for most of the length. */
function isRun(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    if (Math.abs(step) <= 1 || (text[i - 1] === '9' && text[i] === '0')) steps++
  }
  return steps >= (text.length - 1) * 0.8
}
