import { sql } from 'kysely'
import { z } from 'zod'
import { allows } from '../../../kernel/access/access.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import {
  approvalInput,
  byId,
  cancelInput,
  candidateEdit,
  candidateInput,
  candidateParam,
  closeInput,
  editElectionInput,
  electionInput,
  extensionInput,
  issueInput,
  listQuery,
  nominationInput,
  presentInput,
  publicityInput,
  reduceInput,
  rollInput,
  submitInput,
  tellersInput,
  termsQuery,
  waiverInput,
} from '../contract.ts'
import { describe, list, nominate, unlist } from './candidates.ts'
import {
  announce,
  annul,
  answerPlan,
  answerResult,
  convene,
  endWithout,
  publicise,
  reopenList,
  report,
  submitPlan,
  withdrawPlan,
} from './course.ts'
import { detailOf } from './detail.ts'
import { drawUp, electionFor, electionsOf, raceToWork, redraw, sittingsOf } from './election.ts'
import './in-congress.ts'
import { extend, extensionsOf } from './extension.ts'
import { waive } from './gates.ts'
import { PAPERS, paperOf } from './papers.ts'
import { freezeRoll, membersOf, nameTellers, signIn } from './sittings.ts'
import { runningTerms } from './vacancies.ts'
import { close, issue, nextBallot, prepare, reduceSeats } from './voting.ts'

const words = z.object({ words: z.string('请写明理由').trim().min(1, '请写明理由').max(400) })

/** An election from the plan to the filed result. */
export const electionRoutes: Routes = (app, { db, today, config }) => {
  const inTx = <Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> => db.transaction().execute(work)

  app.get('/api/elections', async (request) => ({
    elections: await electionsOf(db, request.actor, parse(listQuery, request.query).unitId),
  }))
  app.post('/api/elections', async (request, reply) => {
    const input = parse(electionInput, request.body)
    return reply.status(201).send(await inTx((tx) => drawUp(tx, request.actor, input)))
  })
  app.get('/api/elections/terms', async (request) => ({
    terms: await runningTerms(db, request.actor, parse(termsQuery, request.query).unitId),
  }))
  app.get('/api/elections/:id', (request) => detailOf(db, request.actor, parse(byId, request.params).id, today()))
  app.put('/api/elections/:id', (request) => {
    const input = parse(editElectionInput, request.body)
    return inTx((tx) => redraw(tx, request.actor, parse(byId, request.params).id, input))
  })

  /** A deed on the whole election; answers with the election as it is then. */
  const deed = <Input>(
    path: string,
    schema: z.ZodType<Input>,
    work: (tx: Tx, actor: Parameters<typeof electionFor>[1], id: number, input: Input) => Promise<unknown>,
  ): void => {
    app.post(`/api/elections/:id/${path}`, (request) => {
      const { id } = parse(byId, request.params)
      const input = parse(schema, request.body ?? {})
      return inTx(async (tx) => {
        await electionFor(tx, request.actor, id)
        await work(tx, request.actor, id, input)
        return electionFor(tx, request.actor, id)
      })
    })
  }
  deed('submit', submitInput, (tx, actor, id, input) => submitPlan(tx, actor, id, today(), input.words))
  deed('withdraw', submitInput, (tx, actor, id) => withdrawPlan(tx, actor, id, today()))
  deed('plan-answer', approvalInput, (tx, actor, id, input) => answerPlan(tx, actor, id, input, today()))
  deed('publicity', publicityInput, (tx, actor, id, input) => publicise(tx, actor, id, input.on, today()))
  deed('reopen-list', words, (tx, actor, id, input) => reopenList(tx, actor, id, input.words, today()))
  deed('convene', submitInput, (tx, actor, id) => convene(tx, actor, id, today()))
  deed('announce', submitInput, (tx, actor, id) => announce(tx, actor, id, today()))
  deed('end', cancelInput, (tx, actor, id, input) => endWithout(tx, actor, id, input.words, today()))
  deed('annul', cancelInput, (tx, actor, id, input) => annul(tx, actor, id, input.words, today()))
  deed('report', submitInput, (tx, actor, id) => report(tx, actor, id, today()))
  deed('result-answer', approvalInput, (tx, actor, id, input) => answerResult(tx, actor, id, input, today()))
  deed('waivers', waiverInput, (tx, actor, id, input) => waive(tx, actor, id, input.gate, input.reason, today()))

  app.put('/api/races/:id/nominations', async (request, reply) => {
    const input = parse(nominationInput, request.body)
    await inTx((tx) => nominate(tx, request.actor, parse(byId, request.params).id, input.unitId, input.personIds))
    return reply.status(204).send()
  })
  app.post('/api/races/:id/candidates', async (request, reply) => {
    const { personId } = parse(candidateInput, request.body)
    await inTx((tx) => list(tx, request.actor, parse(byId, request.params).id, personId))
    return reply.status(201).send({})
  })
  app.put('/api/races/:id/candidates/:personId', async (request, reply) => {
    const { id, personId } = parse(candidateParam, request.params)
    const change = parse(candidateEdit, request.body)
    await inTx((tx) => describe(tx, request.actor, id, personId, change, today()))
    return reply.status(204).send()
  })
  app.delete('/api/races/:id/candidates/:personId', async (request, reply) => {
    const { id, personId } = parse(candidateParam, request.params)
    await inTx((tx) => unlist(tx, request.actor, id, personId))
    return reply.status(204).send()
  })
  app.post('/api/races/:id/close', (request) => {
    const input = parse(closeInput, request.body ?? {})
    return inTx((tx) => close(tx, request.actor, parse(byId, request.params).id, input.barred))
  })
  app.post('/api/races/:id/next-ballot', (request) =>
    inTx((tx) => nextBallot(tx, request.actor, parse(byId, request.params).id)),
  )
  app.post('/api/races/:id/reduce', (request) => {
    const { yes } = parse(reduceInput, request.body)
    const { id } = parse(byId, request.params)
    return inTx(async (tx) => {
      await reduceSeats(tx, request.actor, id, yes, today())
      return (await raceToWork(tx, request.actor, id, ['meeting'])).race
    })
  })

  app.get('/api/sittings/:id/members', async (request) => {
    const { id } = parse(byId, request.params)
    const { rows } = await sql<{
      electionId: number
    }>`select election_id as "electionId" from elections.sitting where id = ${id}`.execute(db)
    if (!rows[0]) throw notFound('会议')
    const election = await electionFor(db, request.actor, rows[0].electionId)
    const sitting = (await sittingsOf(db, election.id)).find((one) => one.id === id)!
    return { sitting, members: await membersOf(db, id) }
  })
  app.post('/api/sittings/:id/roll', (request) => {
    const { personIds } = parse(rollInput, request.body ?? {})
    return inTx((tx) => freezeRoll(tx, request.actor, parse(byId, request.params).id, personIds))
  })
  app.post('/api/sittings/:id/present', (request) => {
    const { personIds, present } = parse(presentInput, request.body)
    return inTx((tx) => signIn(tx, request.actor, parse(byId, request.params).id, personIds, present))
  })
  app.put('/api/sittings/:id/tellers', async (request, reply) => {
    const { tellers } = parse(tellersInput, request.body)
    await inTx((tx) => nameTellers(tx, request.actor, parse(byId, request.params).id, tellers))
    return reply.status(204).send()
  })
  app.post('/api/sittings/:id/prepare', async (request, reply) => {
    await inTx((tx) => prepare(tx, request.actor, parse(byId, request.params).id))
    return reply.status(204).send()
  })
  app.post('/api/sittings/:id/issue', async (request, reply) => {
    const { despite, ...hours } = parse(issueInput, request.body ?? {})
    const { id } = parse(byId, request.params)
    await inTx((tx) => issue(tx, request.actor, id, today(), despite, { config, ...hours }))
    return reply.status(204).send()
  })

  app.get('/api/elections/:id/papers/:paper', async (request, reply) => {
    const { id, paper } = parse(byId.extend({ paper: z.enum(PAPERS) }), request.params)
    const detail = await detailOf(db, request.actor, id, today())
    const { name, docx } = await paperOf(db, detail, paper, today())
    return reply
      .header('content-type', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.docx`)}`)
      .send(docx)
  })

  app.get('/api/units/:id/extensions', async (request) => {
    const { id } = parse(byId, request.params)
    if (!(await allows(db, request.actor, 'elections.read', id))) throw notFound('单位')
    return { extensions: await extensionsOf(db, id) }
  })
  app.post('/api/units/:id/extensions', async (request, reply) => {
    const draft = parse(extensionInput, request.body)
    return reply.status(201).send(await inTx((tx) => extend(tx, request.actor, parse(byId, request.params).id, draft)))
  })
}
