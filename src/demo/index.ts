import { sql } from 'kysely'
import { operator } from '../kernel/access/actor.ts'
import { audit } from '../kernel/audit/audit.ts'
import { openKeys } from '../kernel/crypto/keys.ts'
import type { Services } from '../kernel/http/services.ts'
import { clearUrns } from '../modules/ballots/public.ts'
import { accountsFile, openAccounts, writeAccounts } from './accounts.ts'
import { aidCycles } from './aid-cycles.ts'
import { appraise } from './appraisal.ts'
import { congresses } from './congress.ts'
import { yearOf } from './days.ts'
import { sendDelegates } from './delegates.ts'
import { elect } from './elections.ts'
import { keepBooks } from './funds.ts'
import { careMoney, roundsAndDrives } from './giving.ts'
import { furnish, restructure } from './house.ts'
import { fillLedgers } from './ledgers.ts'
import { mistakes, ownRegister, waiting } from './loose-ends.ts'
import { careEvents, hardshipFiles } from './people.ts'
import { discloseAffairs } from './openness.ts'
import { followMotions } from './motions.ts'
import { mutualFund } from './mutual-fund.ts'
import { writeReports } from './reports.ts'
import { enrolEverybody } from './roster.ts'
import { electInSecret } from './secret-round.ts'
import { retired, survivors } from './survivors.ts'
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
    await phase('单位概况', async () => {
      await furnish(tx, actor, units, roster, year, today)
      await restructure(tx, actor, units, year, today)
    })
    const opened = await phase('开设账号', () => openAccounts(tx, actor, dataDir, units, roster, year))
    await phase('填写台账', () =>
      fillLedgers(tx, actor, units, roster, year, today, (done, of) => {
        if (done % 60 === 0 && done < of) say(`填写台账：${of} 个登记簿中的第 ${done} 个 …`)
      }),
    )
    await phase('走访和困难档案', async () => {
      await careEvents(tx, actor, units, roster, today)
      await hardshipFiles(tx, actor, dataDir, units, roster, today)
    })
    await phase('节日、体检和募捐', () => roundsAndDrives(tx, actor, units, roster, year, today))
    await phase('公开与评议', async () => {
      await discloseAffairs(tx, actor, units, roster, year, today)
      await appraise(services, tx, actor, units, roster, year, today)
    })
    await phase('选举', async () => {
      await electInSecret(services, tx, opened.actorOf, units, roster, year)
      await elect(tx, opened.actorOf, units, roster, year, today)
    })
    await phase('大会', async () => {
      await congresses(tx, actor, opened.actorOf, units, roster, year, today)
      await sendDelegates(tx, opened.actorOf, units, roster, today)
    })
    // Motions are called for the session that the congress prepares.
    await phase('提案和建议', () => followMotions(tx, actor, opened.actorOf, units, roster, year, today))
    await phase('记账和帮扶', () => {
      const inMonth = aidCycles(tx, dataDir, opened.actorOf, units, roster, today)
      return keepBooks(tx, actor, opened.actorOf, units, roster, today, inMonth)
    })
    await phase('慰问金和捐款', () => careMoney(tx, opened.actorOf, units, roster, today))
    await phase('互助、遗属和退休', async () => {
      await mutualFund(tx, opened.actorOf, units, roster, today)
      await survivors(tx, dataDir, opened.actorOf, units, today)
      await retired(tx, opened.actorOf, units, roster, today)
    })
    await phase('日常事务', async () => {
      await ownRegister(tx, actor, units, year, today)
      await mistakes(tx, actor, units, year, today)
      await waiting(tx, actor, openKeys(dataDir), units, roster, opened.idOf, today)
      await sql`select kernel.refresh_statistics()`.execute(tx)
    })
    await phase('生成报告', () =>
      writeReports(tx, opened.actorOf('ganshi'), opened.actorOf('zhuxi'), units.get('demo')!.id, year, today),
    )
    await audit(tx, actor, {
      action: 'demo.load',
      objectKind: 'unit',
      objectId: units.get('county')!.id,
      unitId: units.get('county')!.id,
      summary: '载入演示数据',
    })
    return opened.accounts
  })
  await clearUrns(services.db, services.config, 0)
  await writeAccounts(dataDir, accounts)
  return [
    `演示数据已载入。各角色的登录名和密码在 ${accountsFile(dataDir)}（仅本机操作员可读）。`,
    '演示中的单位和人员均为虚构。',
  ]
}
