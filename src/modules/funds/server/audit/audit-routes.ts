import { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { officialDocx } from '../../../../kernel/documents/official.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { id, parse } from '../../../../kernel/http/parse.ts'
import {
  answerInput,
  auditInput,
  findingInput,
  judgeInput,
  onDay,
  opinionInput,
  paperInput,
  reportInput,
} from '../../audit-contract.ts'
import {
  auditedVouchers,
  auditById,
  auditsOf,
  dropAudit,
  findingsOf,
  papersOf,
  planAudit,
  sendNotice,
  startFieldwork,
} from './audits.ts'
import { addFinding, addPaper, answerFinding, giveOpinion, judgeFinding, reportToCongress } from './findings.ts'
import { auditedFigures } from './archived.ts'
import { auditNotice, auditReport } from './report.ts'

const byId = z.object({ id })
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Audits by the 经费审查委员会, from plan to report. */
export const auditRoutes: Routes = (app, { db }) => {
  const deed = <Result>(work: (tx: Tx, actor: Actor, id: number) => Promise<Result>, actor: Actor, params: unknown) =>
    db.transaction().execute((tx) => work(tx, actor, parse(byId, params).id))

  app.get('/api/funds/audits', async (request) => {
    const { unitId } = parse(z.object({ unitId: id }), request.query)
    return { audits: await auditsOf(db, request.actor, unitId) }
  })
  app.post('/api/funds/audits', async (request, reply) => {
    const input = parse(auditInput, request.body)
    return reply.status(201).send(await db.transaction().execute((tx) => planAudit(tx, request.actor, input)))
  })
  app.get('/api/funds/audits/:id', async (request) => {
    const audit = await auditById(db, request.actor, parse(byId, request.params).id)
    const [papers, findings, audits, mends] = await Promise.all([
      papersOf(db, audit.id),
      findingsOf(db, audit.id),
      allows(db, request.actor, 'funds.audit', audit.unitId),
      allows(db, request.actor, 'funds.post', audit.unitId),
    ])
    // Working papers are the auditors' own until the opinion stands.
    const shown = (audits && !mends) || audit.opinedOn !== null
    return {
      audit,
      papers: shown ? papers : [],
      findings: shown ? findings : [],
      may: { audit: audits && !mends, mend: mends },
    }
  })
  app.get('/api/funds/audits/:id/vouchers', async (request) => {
    const { q } = parse(z.object({ q: z.string().trim().max(60).default('') }), request.query)
    const audit = await auditById(db, request.actor, parse(byId, request.params).id)
    return { vouchers: await auditedVouchers(db, audit, q) }
  })
  app.post('/api/funds/audits/:id/notice', (request) => {
    const { on } = parse(onDay, request.body)
    return deed((tx, actor, auditId) => sendNotice(tx, actor, auditId, on), request.actor, request.params)
  })
  app.post('/api/funds/audits/:id/start', (request) => deed(startFieldwork, request.actor, request.params))
  app.post('/api/funds/audits/:id/drop', (request) => deed(dropAudit, request.actor, request.params))
  app.post('/api/funds/audits/:id/papers', async (request, reply) => {
    const input = parse(paperInput, request.body)
    const made = await deed((tx, actor, auditId) => addPaper(tx, actor, auditId, input), request.actor, request.params)
    return reply.status(201).send({ id: made })
  })
  app.post('/api/funds/audits/:id/findings', async (request, reply) => {
    const input = parse(findingInput, request.body)
    const made = await deed(
      (tx, actor, auditId) => addFinding(tx, actor, auditId, input),
      request.actor,
      request.params,
    )
    return reply.status(201).send({ id: made })
  })
  app.post('/api/funds/audits/:id/opinion', (request) => {
    const input = parse(opinionInput, request.body)
    return deed((tx, actor, auditId) => giveOpinion(tx, actor, auditId, input), request.actor, request.params)
  })
  app.post('/api/funds/audits/:id/report', (request) => {
    const input = parse(reportInput, request.body)
    return deed((tx, actor, auditId) => reportToCongress(tx, actor, auditId, input), request.actor, request.params)
  })
  app.post('/api/funds/findings/:id/answer', (request) => {
    const input = parse(answerInput, request.body)
    return deed((tx, actor, findingId) => answerFinding(tx, actor, findingId, input), request.actor, request.params)
  })
  app.post('/api/funds/findings/:id/judge', (request) => {
    const input = parse(judgeInput, request.body)
    return deed((tx, actor, findingId) => judgeFinding(tx, actor, findingId, input), request.actor, request.params)
  })

  app.get('/api/funds/audits/:id/notice.docx', async (request, reply) => {
    const audit = await auditById(db, request.actor, parse(byId, request.params).id)
    return reply
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(`审计通知书-${audit.title}.docx`)}`,
      )
      .type(docx)
      .send(await officialDocx(auditNotice(audit)))
  })
  app.get('/api/funds/audits/:id/report.docx', async (request, reply) => {
    const audit = await auditById(db, request.actor, parse(byId, request.params).id)
    const figures = await auditedFigures(db, audit)
    return reply
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(`经费审查报告-${audit.title}.docx`)}`,
      )
      .type(docx)
      .send(await officialDocx(auditReport(audit, await findingsOf(db, audit.id), figures)))
  })
}
