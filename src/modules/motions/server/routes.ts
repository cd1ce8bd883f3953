import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { qrOf } from '../../../kernel/documents/qr.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import {
  boxInput,
  callInput,
  departmentInput,
  fileInput,
  handOnInput,
  mergeInput,
  motionChange,
  motionInput,
  outcomeInput,
  planInput,
  progressInput,
  replyInput,
  secondersInput,
  secondInput,
  slipInput,
  transferInput,
  verdictInput,
  wordsInput,
} from '../contract.ts'
import { namedSessions } from '../../congress/public.ts'
import { callsOf, DEFAULTS, departmentsOf, openCall, saveDepartment } from './calls.ts'
import { transferMotion } from './assignment.ts'
import { handOn, planHandling, reply, reportOutcome, sendBack, tellProgress } from './handling.ts'
import { answersFor, listMotions, listQuery, motionDetail } from './list.ts'
import { belongsTo, homeOf } from './seeing.ts'
import { similarTo } from './similar.ts'
import { fileMotion, mergeMotion, rejectMotion, returnMotion, toOpinion } from './sorting.ts'
import {
  changeMotion,
  createMotion,
  dropMotion,
  dropSlip,
  inviteSeconders,
  second,
  submitMotion,
  withdrawMotion,
} from './submit.ts'
import { urge } from './urging.ts'
import { closeWithoutVerdict, giveVerdict } from './verdict.ts'

const byId = z.object({ id })
const ofUnit = z.object({ unitId: id.optional() })
const assigned = z.object({ assignmentId: z.number().int().positive().optional() })

/** Motions from the first word to the closing. */
export const motionRoutes: Routes = (app, { db, today, config }) => {
  const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.transaction().execute(work)

  app.get('/api/motions', (request) => listMotions(db, request.actor, parse(listQuery, request.query), today()))

  app.get('/api/motions/options', async (request) => {
    const home = request.actor.personId === null ? null : await homeOf(db, request.actor.personId)
    const unitId = parse(ofUnit, request.query).unitId ?? home?.unitId
    if (!unitId || !(await belongsTo(db, request.actor, unitId))) throw notFound('单位')
    const known = await catalogue(db)
    const categories = (register: string): readonly string[] =>
      known.register(register).fields.find((field) => field.id === 'category')?.choices ?? []
    const [calls, drives, departments, sorts, supervises] = await Promise.all([
      callsOf(db, unitId),
      callsOf(db, unitId, 'suggestion'),
      departmentsOf(db, unitId),
      allows(db, request.actor, 'motions.sort', unitId),
      allows(db, request.actor, 'motions.supervise', unitId),
    ])
    const open = (one: { opensOn: string; closesOn: string }): boolean =>
      one.opensOn <= today() && today() <= one.closesOn
    return {
      unitId,
      homeId: home?.unitId ?? null,
      calls: calls.map((call) => ({ ...call, open: open(call) })),
      drives: drives.map((call) => ({ ...call, open: open(call) })),
      categories: categories('congress.motion'),
      suggestionCategories: categories('congress.suggestion'),
      minSeconders: DEFAULTS.minSeconders,
      // Sessions a drive may prepare or a ballot be held in; only for those who open them.
      sessions: supervises ? (await namedSessions(db, { unitId })).filter((session) => session.state !== 'closed') : [],
      departments,
      may: { sort: sorts, supervise: supervises },
    }
  })

  app.get('/api/motions/similar', async (request) => {
    const query = parse(
      z.object({ title: z.string().trim().min(2).max(60), unitId: id.optional(), notId: id.optional() }),
      request.query,
    )
    const home = request.actor.personId === null ? null : await homeOf(db, request.actor.personId)
    const unitId = query.unitId ?? home?.unitId
    if (!unitId || !(await belongsTo(db, request.actor, unitId))) return { similar: [] }
    return {
      similar: await similarTo(db, request.actor, {
        unitId,
        title: query.title,
        today: today(),
        ...(query.notId && { notId: query.notId }),
      }),
    }
  })

  // Whom one may ask to second: people of one's own union by the beginning of the name, with nothing but where they work.
  app.get('/api/motions/people', async (request) => {
    const { q } = parse(z.object({ q: z.string().trim().min(1).max(20) }), request.query)
    const home = request.actor.personId === null ? null : await homeOf(db, request.actor.personId)
    if (!home) return { rows: [] }
    const start = `${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    const { rows } = await sql`
      select p.id, p.name, u.name as "unitName" from members.person p join organisation.unit u on u.id = p.unit_id
      where coalesce(u.layer_id, u.id) = ${home.unitId} and p.kind = 'member' and p.merged_into is null and p.status = 'active'
        and p.id <> ${request.actor.personId} and (p.name like ${start} or p.staff_no = ${q} or p.initials like ${`${q.toLowerCase()}%`})
      order by p.unit_id = ${home.personUnitId} desc, p.name, p.id limit 20`.execute(db)
    return { rows }
  })

  app.get('/api/motions/desk', async (request) => ({ departments: await answersFor(db, request.actor) }))

  app.post('/api/motions', async (request, reply_) => {
    const made = await inTx((tx) => createMotion(tx, request.actor, parse(motionInput, request.body), today()))
    return reply_.status(201).send({ id: made })
  })
  app.get('/api/motions/:id', (request) => motionDetail(db, request.actor, parse(byId, request.params).id, today()))
  app.put('/api/motions/:id', async (request) => {
    await inTx((tx) =>
      changeMotion(tx, request.actor, parse(byId, request.params).id, parse(motionChange, request.body)),
    )
    return {}
  })

  /** Each deed is a POST with its own body; what it did is seen by asking again. */
  const deed = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    work: (tx: Tx, actor: Parameters<typeof submitMotion>[1], id: number, body: z.output<Schema>) => Promise<unknown>,
  ): void => {
    app.post(`/api/motions/:id/${name}`, async (request) => {
      const motionId = parse(byId, request.params).id
      const body = parse(schema, request.body ?? {})
      await inTx((tx) => work(tx, request.actor, motionId, body))
      return {}
    })
  }
  deed('submit', z.object({}), (tx, actor, motionId) => submitMotion(tx, actor, motionId, today()))
  deed('withdraw', z.object({}), (tx, actor, motionId) => withdrawMotion(tx, actor, motionId, today()))
  deed('drop', wordsInput, (tx, actor, motionId, { words }) => dropMotion(tx, actor, motionId, words, today()))
  deed('seconders', secondersInput, (tx, actor, motionId, { personIds }) =>
    inviteSeconders(tx, actor, motionId, personIds),
  )
  deed('second', secondInput, (tx, actor, motionId, { agreed }) => second(tx, actor, motionId, agreed, today()))

  deed('file', fileInput, (tx, actor, motionId, body) => fileMotion(tx, actor, motionId, body, today()))
  deed('reject', wordsInput, (tx, actor, motionId, { words }) => rejectMotion(tx, actor, motionId, words, today()))
  deed('return', wordsInput, (tx, actor, motionId, { words }) => returnMotion(tx, actor, motionId, words, today()))
  deed('opinion', wordsInput, (tx, actor, motionId, { words }) => toOpinion(tx, actor, motionId, words, today()))
  deed('merge', mergeInput, (tx, actor, motionId, body) =>
    mergeMotion(tx, actor, motionId, body.intoId, body.words, today()),
  )

  deed('transfer', transferInput, (tx, actor, motionId, body) => transferMotion(tx, actor, motionId, body, today()))
  deed('plan', planInput.extend(assigned.shape), (tx, actor, motionId, body) =>
    planHandling(tx, actor, motionId, body.assignmentId, body.plan, today()),
  )
  deed('progress', progressInput.extend(assigned.shape), (tx, actor, motionId, body) =>
    tellProgress(tx, actor, motionId, body.assignmentId, body.words),
  )
  deed('reply', replyInput.extend(assigned.shape), (tx, actor, motionId, body) =>
    reply(tx, actor, motionId, body.assignmentId, body, today()),
  )
  deed('hand-on', handOnInput.extend(assigned.shape), (tx, actor, motionId, body) =>
    handOn(tx, actor, motionId, body.assignmentId, body, today()),
  )
  deed('send-back', wordsInput, (tx, actor, motionId, { words }) => sendBack(tx, actor, motionId, words, today()))
  deed('verdict', verdictInput, (tx, actor, motionId, body) => giveVerdict(tx, actor, motionId, body, today()))
  deed('close', wordsInput, (tx, actor, motionId, { words }) =>
    closeWithoutVerdict(tx, actor, motionId, words, today()),
  )
  deed('urge', wordsInput, (tx, actor, motionId, { words }) => urge(tx, actor, motionId, words, today()))
  deed('outcome', outcomeInput, (tx, actor, motionId, body) => reportOutcome(tx, actor, motionId, body))

  app.post('/api/motion-calls', async (request, reply_) =>
    reply_.status(201).send({ id: await inTx((tx) => openCall(tx, request.actor, parse(callInput, request.body))) }),
  )
  app.post('/api/motion-departments', async (request, reply_) =>
    reply_
      .status(201)
      .send({ id: await inTx((tx) => saveDepartment(tx, request.actor, parse(departmentInput, request.body))) }),
  )
  app.put('/api/motion-departments/:id', async (request) => ({
    id: await inTx((tx) =>
      saveDepartment(tx, request.actor, parse(departmentInput, request.body), parse(byId, request.params).id),
    ),
  }))

  app.get('/api/motion-boxes', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    await requirePermission(db, request.actor, 'motions.sort', unitId, 'motions.read')
    const { rows } = await sql`
      select id, code, place, opened_on as "openedOn" from motions.box where unit_id = ${unitId} and closed_on is null order by id`.execute(
      db,
    )
    return { boxes: rows }
  })
  app.post('/api/motion-boxes', async (request, reply_) => {
    const { unitId, place } = parse(boxInput, request.body)
    await requirePermission(db, request.actor, 'motions.sort', unitId, 'motions.read')
    // Short enough to type from a poster, from letters that aren't mistaken for digits.
    const code = Array.from({ length: 10 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]).join('')
    const { rows } = await sql`insert into motions.box (unit_id, code, place, opened_on)
      values (${unitId}, ${code}, ${place}, ${today()}) returning id, code`.execute(db)
    return reply_.status(201).send(rows[0])
  })
  app.get('/api/motion-boxes/:id/sheet', async (request) => {
    const { rows } = await sql<{ unitId: number; unitName: string; place: string; code: string }>`
      select b.unit_id as "unitId", u.name as "unitName", b.place, b.code from motions.box b join organisation.unit u on u.id = b.unit_id
      where b.id = ${parse(byId, request.params).id} and b.closed_on is null`.execute(db)
    const box = rows[0]
    if (!box || !(await allows(db, request.actor, 'motions.sort', box.unitId))) throw notFound('意见箱')
    const address = `${config.publicUrl}/box/${box.code}`
    return { unitName: box.unitName, place: box.place, address, qr: await qrOf(address) }
  })
  app.get('/api/box/:code', { config: { open: true } }, async (request) => {
    const { code } = parse(z.object({ code: z.string().max(20) }), request.params)
    const { rows } = await sql<{ unitName: string; place: string }>`
      select u.name as "unitName", b.place from motions.box b join organisation.unit u on u.id = b.unit_id
      where b.code = ${code} and b.closed_on is null`.execute(db)
    if (!rows[0]) throw notFound('意见箱')
    return rows[0]
  })
  app.post('/api/box/:code', { config: { open: true } }, async (request, reply_) => {
    const { code } = parse(z.object({ code: z.string().max(20) }), request.params)
    await inTx((tx) => dropSlip(tx, code, parse(slipInput, request.body), today()))
    return reply_.status(201).send({})
  })
}
