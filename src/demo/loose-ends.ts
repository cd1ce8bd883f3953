import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Keys } from '../kernel/crypto/keys.ts'
import type { Tx } from '../kernel/db/database.ts'
import { notify } from '../kernel/notices/notices.ts'
import { addCustomField, addCustomRegister } from '../kernel/register/custom.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { insertRecords, voidRecord } from '../kernel/register/store.ts'
import { apply, actOnApplication } from '../modules/members/server/applications.ts'
import { requestTransfer } from '../modules/members/server/transfers.ts'
import { addDays } from './days.ts'
import { idNumberOf, nameOf, phoneOf } from './names.ts'
import { random } from './random.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'
import { within } from './within.ts'

/** What a working ledger has lying about: a register and a field of one's own, a duplicate, a voided row, drafts. */
export async function ownRegister(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  year: number,
  today: string,
): Promise<void> {
  const unitId = units.get('demo')!.id
  const id = await addCustomRegister(within(tx), actor, {
    unitId,
    title: '“匠心课堂”授课记录',
    domain: 'SZ',
    help: '首席员工、劳模每讲一课登记一行。',
    measureWord: '次',
    titleLabel: '授课题目',
    fields: [
      { label: '授课人', kind: 'person', required: true, choices: [] },
      { label: '听课人数', kind: 'integer', required: true, choices: [] },
      { label: '课酬', kind: 'money', required: false, choices: [] },
    ],
  })
  const field = await addCustomField(within(tx), actor, {
    register: 'care.heat-relief',
    unitId,
    field: { label: '现场气温（℃）', kind: 'integer', required: false, choices: [], help: '到岗时测得的气温' },
  })
  const known = await catalogue(tx)
  const { rows: speakers } = await sql<{ id: number }>`
    select person_id as id from members.tag where tag = '劳模' and valid_to = 'infinity' order by person_id limit 6`.execute(
    tx,
  )
  const titles = [
    '炉前观火识温',
    '大模数齿轮装夹',
    '焊接变形怎样控制',
    '液压缸密封选配',
    '数控程序少走弯路',
    '班前会怎样开好',
    '行车吊装十不吊',
    '淬火裂纹辨别',
  ]
  const draw = random('own register')
  const lessons = [year - 1, year].flatMap((one) =>
    titles.map((title, at) => ({
      unitId,
      happenedOn: `${one}-${String(at + 3).padStart(2, '0')}-12`,
      title,
      personId: speakers[at % speakers.length]!.id,
      fields: { f2: draw.between(28, 66), f3: 30_000 },
    })),
  )
  await insertRecords(
    tx,
    actor,
    known.register(id),
    lessons.filter((one) => one.happenedOn <= today),
    'demo',
  )
  const heat = [year - 1, year].flatMap((one) =>
    ['总装二分厂调试场', '铸造二分厂熔炼工段'].map((title, at) => ({
      unitId,
      happenedOn: `${one}-08-${18 + at}`,
      title,
      fields: { place: at ? '生产车间' : '户外岗位', ledBy: '工会主席', [field]: 36 + at },
      lines: [{ fields: { kind: '食品饮料', item: '盐汽水', quantity: 20, measure: '箱', cost: 56_000 } }],
    })),
  )
  await insertRecords(tx, actor, known.register('care.heat-relief'), heat, 'demo')
}

/** Mistakes of the kind every office makes. */
export async function mistakes(
  tx: Tx,
  actor: Actor,
  units: ReadonlyMap<string, DemoUnit>,
  year: number,
  today: string,
): Promise<void> {
  const known = await catalogue(tx)
  const visit = known.register('care.visit')
  interface Kept {
    id: number
    unitId: number
    happenedOn: string
    personId: number
    fields: Record<string, unknown>
    version: number
  }
  // Early in a year its own visits are few.
  const from = today < `${year}-04-01` ? `${year - 1}-03-01` : `${year}-03-01`
  const { rows } = await sql<Kept>`
    select id, unit_id as "unitId", happened_on as "happenedOn", person_id as "personId", fields, version from kernel.record
    where register = 'care.visit' and happened_on >= ${from}::date
      and unit_id in (select descendant_id from kernel.closure where ancestor_id = ${units.get('demo')!.id})
    order by id limit 4`.execute(tx)
  const [twice, wrong, half, other] = rows as [Kept, Kept, Kept, Kept]
  const copyOf = ({ unitId, happenedOn, personId, fields }: Kept) => ({ unitId, happenedOn, personId, fields })
  // Entered by the sub-branch and again by the branch.
  await insertRecords(tx, actor, visit, [copyOf(twice)], 'demo')
  await voidRecord(within(tx), actor, visit, wrong.id, wrong.version, '姓名登记有误，已另行登记')
  const drafts = [half, other].map((one) => ({
    ...copyOf(one),
    happenedOn: addDays(today, -2),
    fields: { occasion: '住院' },
  }))
  await insertRecords(tx, actor, visit, drafts, 'demo', 'draft')
  await insertRecords(
    tx,
    actor,
    known.register('activities.event'),
    [
      {
        unitId: units.get('demo')!.id,
        happenedOn: addDays(today, -1),
        title: '冬季长跑',
        fields: { kind: '登山健步骑行' },
      },
    ],
    'demo',
    'draft',
  )
}

/** Things waiting for somebody: people who apply, one who moves, messages not yet read. */
export async function waiting(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  accountIds: ReadonlyMap<string, number>,
  today: string,
): Promise<void> {
  const draw = random('applications')
  for (const [at, code] of ['D01-1', 'D05-2', 'D10-1'].entries()) {
    const gender = at === 1 ? 'f' : 'm'
    const bornOn = `200${at}-0${at + 3}-1${at}`
    const application = await apply(
      tx,
      actor,
      keys,
      {
        unitId: units.get(code)!.id,
        name: nameOf(draw, gender, 2000),
        gender,
        bornOn,
        idNo: idNumberOf(bornOn, gender, 9000 + at),
        phone: phoneOf(9000 + at),
        words: '我自愿加入工会，遵守工会章程，履行会员义务。',
        source: at === 2 ? 'desk' : 'phone',
      },
      addDays(today, -at - 1),
    )
    // One has the word of the branch already and waits for the committee.
    if (at === 1) await actOnApplication(tx, actor, keys, application.id, '同意', '本人表现好，同意。', today)
  }
  const leaver = roster.people.find((one) => one.unit === 'D05-1')!
  await requestTransfer(
    tx,
    actor,
    { personId: leaver.id, toUnitId: units.get('D10-2')!.id, effectiveOn: addDays(today, 9), reason: '工作调动' },
    today,
  )
  const ids = (...users: string[]): number[] => users.map((user) => accountIds.get(user)!)
  await notify(tx, {
    accountIds: ids('zhuxi', 'ganshi'),
    title: '四季度分会考核将于下月进行，请提前准备台账。',
    link: '/registers/assessment.quarterly',
  })
  await notify(tx, {
    accountIds: ids('fenhui', 'xiaozu'),
    title: '请在本月底前补齐走访慰问登记。',
    link: '/registers/care.visit',
  })
  await notify(tx, { accountIds: ids('nvgong'), title: '女职工委员会即将届满，请筹备换届。', link: '/organisation' })
}
