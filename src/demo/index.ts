import { operator } from '../kernel/access/actor.ts'
import { openKeys } from '../kernel/crypto/keys.ts'
import type { Services } from '../kernel/http/services.ts'
import { accountsFile, openAccounts, writeAccounts } from './accounts.ts'
import { yearOf } from './days.ts'
import { fillLedgers } from './ledgers.ts'
import { enrolEverybody } from './roster.ts'
import { foundUnits } from './units.ts'

/**
 * Fills an empty installation with the invented county: everything in one transaction, so that a start that is killed
 * meanwhile begins anew. The same day gives the same county everywhere, but for the passwords.
 * @param say progress, one line per phase with its seconds
 * @returns lines that tell how to sign in
 */
export async function loadDemo(services: Services, say: (line: string) => void): Promise<string[]> {
  const today = services.today()
  const year = yearOf(today)
  const actor = operator('演示数据')
  const { dataDir } = services.config
  const accounts = await services.db.transaction().execute(async (tx) => {
    const phase = async <Result>(title: string, work: () => Promise<Result>): Promise<Result> => {
      const begun = performance.now()
      const result = await work()
      say(`${title}：${((performance.now() - begun) / 1000).toFixed(1)} 秒`)
      return result
    }
    const units = await phase('建立组织', () => foundUnits(tx, actor))
    const roster = await phase('登记会员', () => enrolEverybody(tx, actor, openKeys(dataDir), units, year, today))
    const { accounts: opened } = await phase('开设账号', () => openAccounts(tx, actor, dataDir, units, roster, year))
    await phase('填写台账', () => fillLedgers(tx, actor, units, roster, year, today, () => {}))
    return opened
  })
  await writeAccounts(dataDir, accounts)
  return [
    `演示数据已载入。各角色的登录名和密码在 ${accountsFile(dataDir)}（仅本机操作员可读）。`,
    '演示中的单位和人员均为虚构。',
  ]
}
