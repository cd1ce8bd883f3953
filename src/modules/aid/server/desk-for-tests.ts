import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { QueryResult, RawBuilder } from 'kysely'
import { afterAll } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { declareRecompute } from '../../../kernel/facts/reconcile.ts'
import { fileRoutes } from '../../../kernel/files/routes.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase, type TestDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import funds from '../../funds/module.ts'
import fundsServe from '../../funds/serve.ts'
import { openBook, postVoucher } from '../../funds/public.ts'
import hardship from '../../hardship/module.ts'
import hardshipServe from '../../hardship/serve.ts'
import openness from '../../openness/module.ts'
import opennessServe from '../../openness/serve.ts'
import { termsInput, type Terms } from '../contract.ts'
import module from '../module.ts'
import serve from '../serve.ts'
import { acrossUnions } from './opening.ts'

/** Offices of the company union in the small world. Whoever isn't named holds none. */
const OFFICES: Partial<Record<PersonName, { at: 'east' | 'south' | 'county'; may: readonly string[] }>> = {
  杨帆: {
    at: 'east',
    may: [
      'aid.read',
      'aid.write',
      'aid.manage',
      'aid.read-confidential',
      'hardship.read',
      'hardship.write',
      'hardship.approve',
      'hardship.read-confidential',
      'hardship.set-standard',
    ],
  },
  李强: { at: 'east', may: ['aid.read', 'aid.sign', 'aid.approve', 'aid.read-confidential', 'openness.publish'] },
  赵磊: { at: 'east', may: ['aid.read', 'aid.sign', 'aid.read-confidential'] },
  张敏: { at: 'east', may: ['aid.read', 'aid.pay'] },
  王芳: { at: 'east', may: ['funds.read', 'funds.prepare', 'funds.void'] },
  周婷: {
    at: 'south',
    may: ['aid.read', 'aid.write', 'aid.manage', 'aid.sign', 'aid.approve', 'aid.pay', 'aid.read-confidential'],
  },
}

export interface Desk extends TestDatabase {
  world: World
  app: App
  day(on: string): void
  actor(who: PersonName): Actor
  /** Asks the tables as the server's role with every list open: for looking behind the scenes. */
  behind<Row>(query: RawBuilder<Row>): Promise<QueryResult<Row>>
  ask(
    who: PersonName,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
  ): Promise<{ status: number; body: any }>
  /** Puts a family on file as the officer would, without the weeks of publicity. Amounts in fen a year. */
  onFile(who: PersonName, family?: Partial<Family>): Promise<void>
  /** A programme of the company union with one rule. @returns its id */
  programme(terms: Partial<Terms>, more?: object): Promise<number>
  /** A cycle of a programme, decided, hung, five working days later. @returns its id */
  published(programmeId: number, title?: string): Promise<number>
}

export interface Family {
  category: string
  incomeFen: number
  rigidFen: number
  spouse: string | null
  checked: boolean
  foundOn: string
  unit: 'east-1' | 'east-2' | 'south-1'
}

export const TODAY = '2026-03-05'
/** Fifth working day after is the 12th; the day after that the list has hung long enough. */
export const AFTER = '2026-03-13'

/** A union with so many fen in the bank, a standard of 800 yuan, its officers signed in. */
export async function openDesk(bankFen = 10_000_000): Promise<Desk> {
  for (const one of [module, hardship, openness, funds]) {
    declarePermissions(one.permissions)
    declareRegisters(one.registers ?? [], one.metrics)
  }
  for (const [measure, recompute] of Object.entries(fundsServe.recomputes ?? {})) declareRecompute(measure, recompute)
  const database = await testDatabase()
  const { db, ownerPool } = database
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-aid-'))
  const world = await smallWorld(ownerPool)
  let today = TODAY
  const actor = (who: PersonName): Actor => {
    const office = OFFICES[who]
    const grants = (office?.may ?? []).map((permission) => ({
      permission,
      unitId: world.unit(office!.at),
      scope: 'below' as const,
    }))
    return { ...world.as(who, []), grants }
  }
  await db.transaction().execute(async (tx) => {
    await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2025-01-01' })
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2025-01-20',
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: bankFen },
        { account: '402', creditFen: bankFen },
      ],
    })
  })
  await ownerPool.query(
    `insert into hardship.parameter (unit_id, line_fen, deep_inclusive, relative_hundredths, loss_share, document, valid_from, created_by)
     values ($1, 80000, true, 200, 8000, '市民政〔2025〕1号', '2025-01-01', 0)`,
    [world.unit('county')],
  )
  const app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? actor(decodeURIComponent(cookies.as) as PersonName) : null),
    [
      ...serve.routes!,
      ...hardshipServe.routes!,
      ...opennessServe.routes!,
      ...fundsServe.routes!,
      fileRoutes(serve.fileOwners!),
    ],
  )
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  let requests = 0
  const ask: Desk['ask'] = async (who, method, url, payload) => {
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      remoteAddress: `10.1.${(requests += 1) % 200}.1`,
      headers: { cookie: `as=${encodeURIComponent(who)}` },
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, body: answer.body ? answer.json() : null }
  }
  return {
    ...database,
    world,
    app,
    day: (on) => void (today = on),
    actor,
    ask,
    behind: (query) => db.transaction().execute((tx) => acrossUnions(tx, () => query.execute(tx))),
    onFile: async (who, family = {}) => {
      const { category, incomeFen, rigidFen, spouse, checked, foundOn, unit }: Family = {
        category: '深度困难',
        incomeFen: 2_000_000,
        rigidFen: 500_000,
        spouse: null,
        checked: true,
        foundOn: '2026-01-10',
        unit: 'east-1',
        ...family,
      }
      const personId = world.person(who)
      await ownerPool.query(`insert into members.household (unit_id, head_id) values ($1, $2) on conflict do nothing`, [
        world.unit(unit),
        personId,
      ])
      const { rows } = await ownerPool.query<{ id: number }>(
        `insert into hardship.file (unit_id, person_id, state, category, filed_on, review_on, created_by)
         values ($1, $2, 'on-file', $3, '2026-01-15', '2027-01-15', 0) returning id`,
        [world.unit(unit), personId, category],
      )
      await ownerPool.query(
        `insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions,
           verdict, created_by, created_name)
         values ($1, 1, $2, $3, '本人大病', $4, $5, $6, 0, false, '[]', '{}', 0, '试')`,
        [
          rows[0]!.id,
          checked ? 'check' : 'application',
          foundOn,
          JSON.stringify([{ name: spouse ?? '家属', relation: spouse ? '配偶' : '子女', incomeFen: 0 }]),
          incomeFen,
          rigidFen,
        ],
      )
    },
    programme: async (terms, more = {}) => {
      const made = await ask('杨帆', 'POST', '/aid/programmes', {
        unitId: world.unit('east'),
        kind: 'living',
        title: '生活救助',
        source: '本级工会经费',
        startsOn: '2025-01-01',
        document: '东工〔2026〕3号',
        terms: termsInput.parse({ pool: 'files', baseFen: 100_000, ...terms }),
        ...more,
      })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return made.body.id
    },
    published: async (programmeId, title = '第一批') => {
      const opened = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
        title,
        opensOn: today,
        closesOn: today,
      })
      if (opened.status !== 201) throw new Error(JSON.stringify(opened.body))
      for (const verb of ['提交', '公示']) {
        const moved = await ask('杨帆', 'POST', `/aid/cycles/${opened.body.id}/moves`, { verb })
        if (moved.status !== 200) throw new Error(JSON.stringify(moved.body))
      }
      return opened.body.id
    },
  }
}
