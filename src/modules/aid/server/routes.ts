import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { day, id, parse } from '../../../kernel/http/parse.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import { projectBalances, bookOf } from '../../funds/public.ts'
import { publicityOf } from '../../openness/public.ts'
import {
  answerInput,
  cycleInput,
  moveInput,
  payInput,
  programmeInput,
  reasonInput,
  receiptInput,
  refundInput,
  ruleInput,
  termsInput,
} from '../contract.ts'
import { VERDICTS, type Verdict } from '../words.ts'
import { cycleById, listCycles, openCycle, previewCycle } from './cycles.ts'
import { moveCycle, sourceOf, withhold } from './decide.ts'
import { factsNow, factsOf } from './facts.ts'
import { answerAppeal, appealsOf } from './mine.ts'
import { leftFor } from './money.ts'
import { acrossUnions, withAid } from './opening.ts'
import { entitlementsOf, payCycle, signReceipt } from './pay.ts'
import { simulate, weigh } from './preview.ts'
import { cycleOfShare, refundOne } from './refunds.ts'
import { addProgramme, changeRule, endProgramme, programmeById, programmesOf, rulesOf } from './programmes.ts'

const byId = z.object({ id })
const unitQuery = z.object({ unitId: id })
const verdicts = Object.keys(VERDICTS) as [Verdict, ...Verdict[]]
const pageQuery = z.object({
  verdict: z.enum(verdicts).default('eligible'),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Programmes, their cycles and payments: the officers' side. */
export const aidRoutes: Routes = (app, { db, today }) => {
  const write = db.transaction.bind(db)

  app.get('/api/aid/programmes', async (request) => ({
    programmes: await programmesOf(db, request.actor, parse(unitQuery, request.query).unitId),
  }))
  app.post('/api/aid/programmes', async (request, reply) => {
    const draft = parse(programmeInput, request.body)
    return reply.status(201).send(await write().execute((tx) => addProgramme(tx, request.actor, draft, today())))
  })
  app.get('/api/aid/programmes/:id', async (request) => {
    const programme = await programmeById(db, request.actor, parse(byId, request.params).id)
    return { ...programme, rules: await rulesOf(db, programme.id), left: await leftFor(db, programme, today()) }
  })
  app.post('/api/aid/programmes/:id/rules', async (request, reply) => {
    const draft = parse(ruleInput, request.body)
    const { id: programmeId } = parse(byId, request.params)
    return reply
      .status(201)
      .send(await write().execute((tx) => changeRule(tx, request.actor, programmeId, draft, today())))
  })
  app.post('/api/aid/programmes/:id/end', async (request) => {
    const { endsOn } = parse(z.object({ endsOn: day }), request.body)
    await write().execute((tx) => endProgramme(tx, request.actor, parse(byId, request.params).id, endsOn))
    return { ok: true }
  })
  // What a rule that isn't kept yet would give, today: nothing is written, so anybody who manages may try.
  app.post('/api/aid/programmes/:id/preview', async (request) => {
    const programme = await programmeById(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'aid.read-confidential', programme.unitId, 'aid.read')
    const { terms } = parse(z.object({ terms: termsInput }), request.body)
    const asked = parse(pageQuery, request.query)
    const { pool } = terms
    if (pool === 'applications') throw refused('needs-cycle', '由本人申请的项目，开了批次、有人申请后才能预览。')
    const question = {
      programmeId: programme.id,
      unitId: programme.unitId,
      need: programme.need,
      pool,
      cycleId: null,
      persons: null,
      onDay: today(),
    }
    return withAid(db, request.actor, async (tx) => ({
      ...(await acrossUnions(tx, () => weigh(tx, terms, (page) => factsNow(question, page), asked))),
      left: await leftFor(tx, programme, today()),
    }))
  })
  // Last year's frozen facts under another rule.
  app.post('/api/aid/cycles/:id/simulate', async (request) => {
    const cycle = await cycleById(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'aid.read-confidential', cycle.unitId, 'aid.read')
    const { terms } = parse(z.object({ terms: termsInput }), request.body)
    if (!cycle.frozenOn) throw refused('not-frozen', '这一批次还没有拟定名单，没有冻结的数据可以试算。')
    return withAid(db, request.actor, (tx) => simulate(tx, cycle.terms, terms, (page) => factsOf(cycle.id, page)))
  })
  app.post('/api/aid/programmes/:id/cycles', async (request, reply) => {
    const draft = parse(cycleInput, request.body)
    const { id: programmeId } = parse(byId, request.params)
    return reply
      .status(201)
      .send(await write().execute((tx) => openCycle(tx, request.actor, programmeId, draft, today())))
  })

  app.get('/api/aid/cycles', (request) => {
    const query = parse(unitQuery.extend({ programmeId: id.optional(), cursor: id.optional() }), request.query)
    return listCycles(db, request.actor, query)
  })
  app.get('/api/aid/cycles/:id', async (request) => {
    const cycle = await cycleById(db, request.actor, parse(byId, request.params).id)
    const { decidedBy: _decided, approvedBy: _approved, purse, ...shown } = cycle
    return {
      ...shown,
      left: await leftFor(db, purse, today()),
      publicity: await publicityOf(db, sourceOf(cycle.id), today()),
      acts: await actsOf(db, 'aid-cycle', cycle.id),
    }
  })
  app.get('/api/aid/cycles/:id/preview', (request) =>
    write().execute((tx) =>
      previewCycle(tx, request.actor, parse(byId, request.params).id, parse(pageQuery, request.query), today()),
    ),
  )
  app.get('/api/aid/cycles/:id/entitlements', (request) => {
    const { after, limit } = parse(pageQuery, request.query)
    const { id: cycleId } = parse(byId, request.params)
    return withAid(db, request.actor, (tx) => entitlementsOf(tx, request.actor, cycleId, { after, limit }))
  })
  app.post('/api/aid/cycles/:id/moves', (request) => {
    const move = parse(moveInput, request.body)
    return write().execute((tx) => moveCycle(tx, request.actor, parse(byId, request.params).id, move, today()))
  })
  app.post('/api/aid/cycles/:id/pay', (request) => {
    const { paidOn } = parse(payInput, request.body)
    return write().execute((tx) => payCycle(tx, request.actor, parse(byId, request.params).id, paidOn, today()))
  })
  app.get('/api/aid/cycles/:id/appeals', async (request) => {
    const cycle = await cycleById(db, request.actor, parse(byId, request.params).id)
    await requirePermission(db, request.actor, 'aid.read-confidential', cycle.unitId, 'aid.read')
    return withAid(db, request.actor, async (tx) => ({ appeals: await appealsOf(tx, cycle.id, today()) }))
  })
  app.post('/api/aid/appeals/:id/answer', async (request) => {
    const said = parse(answerInput, request.body)
    await write().execute((tx) => answerAppeal(tx, request.actor, parse(byId, request.params).id, said, today()))
    return { ok: true }
  })

  // Where a record or voucher of one person's share leads back to.
  app.get('/api/aid/entitlements/:id', (request) => cycleOfShare(db, request.actor, parse(byId, request.params).id))
  app.post('/api/aid/entitlements/:id/withhold', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    await write().execute((tx) => withhold(tx, request.actor, parse(byId, request.params).id, reason))
    return { ok: true }
  })
  app.post('/api/aid/entitlements/:id/refund', (request) => {
    const back = parse(refundInput, request.body)
    return write().execute((tx) => refundOne(tx, request.actor, parse(byId, request.params).id, back, today()))
  })
  app.post('/api/aid/entitlements/:id/receipt', async (request) => {
    const { how } = parse(receiptInput, request.body)
    await write().execute((tx) => signReceipt(tx, request.actor, parse(byId, request.params).id, how, today()))
    return { ok: true }
  })
  // Donations bound to a purpose that a programme may take its money from.
  app.get('/api/aid/projects', async (request) => {
    const { unitId } = parse(unitQuery, request.query)
    await requirePermission(db, request.actor, 'aid.manage', unitId, 'aid.read')
    const book = await bookOf(db, unitId)
    const projects = book ? await projectBalances(db, book.id) : []
    return { projects: projects.filter((project) => project.fundKind === 'tied' && !project.finishedOn) }
  })
}
