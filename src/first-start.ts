import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import type { Installation } from './kernel/config.ts'
import type { Services } from './kernel/http/services.ts'
import { createSetupLink } from './modules/accounts/server/setup.ts'

/**
 * What src/demo exports: fills an empty installation with the invented county, all or nothing (a start that is killed
 * meanwhile begins anew), and returns the lines that tell how to sign in to it.
 */
interface Demo {
  loadDemo(services: Services, say: (line: string) => void): Promise<string[]>
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
  const { rows } = await sql<{ units: boolean }>`select exists (select from organisation.unit) as units`.execute(
    services.db,
  )
  const lines: string[] = []
  const demo = new URL('./demo/index.ts', import.meta.url)
  if (!rows[0]!.units && installation.demo && existsSync(demo)) {
    say('第一次启动：正在载入演示数据（约一分钟）…')
    const { loadDemo } = (await import(demo.href)) as Demo
    lines.push(...(await loadDemo(services, say)))
  }
  const link = await createSetupLink(services)
  if (link) lines.push('还没有系统管理员。请在浏览器中打开下面的一次性链接来设置（重新启动会换新的）：', link)
  return lines
}
