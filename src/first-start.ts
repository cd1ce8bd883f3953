import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import type { Installation } from './kernel/config.ts'
import type { Services } from './kernel/http/services.ts'

/** What src/demo exports: fills an empty installation with the invented county and returns how to sign in to it. */
interface Demo {
  loadDemo(services: Services, say: (line: string) => void): Promise<string[]>
}

/** What the accounts module exports: a link that makes the first three administrators, usable once. */
interface SetUp {
  createSetupLink(services: Services): Promise<string>
}

/**
 * What happens before the first request of an installation: the demo is loaded, and as long as nobody has an account, a
 * one-time link is made. Returns the lines that tell the operator how to get in.
 */
export async function firstStart(
  services: Services,
  installation: Installation,
  say: (line: string) => void,
): Promise<string[]> {
  const { rows } = await sql<{ units: boolean; accounts: boolean }>`
    select exists (select from organisation.unit) as units, exists (select from accounts.account) as accounts`.execute(
    services.db,
  )
  const { units, accounts } = rows[0]!
  const lines: string[] = []
  const demo = new URL('./demo/index.ts', import.meta.url)
  if (!units && installation.demo && existsSync(demo)) {
    say('第一次启动：正在载入演示数据（约一分钟）…')
    const { loadDemo } = (await import(demo.href)) as Demo
    lines.push(...(await loadDemo(services, say)))
  }
  if (!accounts && !lines.length) {
    const { createSetupLink } = (await import(
      new URL('./modules/accounts/server/setup.ts', import.meta.url).href
    )) as SetUp
    lines.push('还没有任何账号。请在浏览器中打开下面的一次性链接，设置第一位管理员：', await createSetupLink(services))
  }
  return lines
}
