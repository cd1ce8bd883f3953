import { requirePermission } from '../../../kernel/access/access.ts'
import { Problem } from '../../../kernel/contract/problem.ts'
import { openKeys, type Keys } from '../../../kernel/crypto/keys.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import {
  concludeInput,
  editSessionInput,
  hallInput,
  idParam,
  itemInput,
  leaveInput,
  noticeInput,
  nowInput,
  ownLeaveInput,
  passageInput,
  reasonInput,
  sessionInput,
  sessionsQuery,
  voteInput,
} from '../contract.ts'
import { clearUrns, discardVoided } from '../../ballots/public.ts'
import { agreementsOf } from './agreements.ts'
import { concludeItem, dropItem, itemsOf, saveItem } from './agenda.ts'
import { electedNames, votesIn } from './held-votes.ts'
import { liveOf, mineIn, mineOf } from './live.ts'
import { minutesDocx, minutesHtml } from './minutes.ts'
import { noticeDue } from './notice.ts'
import { papersOf } from './papers.ts'
import { resolutionsOf } from './resolutions.ts'
import { choicesFor } from './held-elsewhere.ts'
import { deedsAt, visibleSession } from './seen.ts'
import { agendaSheet, attendanceWorkbook, signInSheet } from './sheets.ts'
import {
  cancelSession,
  closeSession,
  editSession,
  openSession,
  prepareSession,
  sendNotice,
  sessionsOf,
  setNow,
} from './sessions.ts'
import { askLeave, attendanceOf, passAtDesk, passByPhone, passByText, presentAt, rememberWrongCode } from './sign-in.ts'
import { acceptShortfall, announce, callOff, callVote, endVoting, gateOf } from './voting.ts'

const idOf = (params: unknown): number => parse(idParam, params).id
const attached = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

/** Sessions from the plan to the minutes. */
export const sessionRoutes: Routes = (app, { db, config, today }) => {
  let opened: Keys | null = null
  const keys = (): Keys => (opened ??= openKeys(config.dataDir))

  app.get('/api/congress/sessions', async (request) => ({
    sessions: await sessionsOf(db, request.actor, parse(sessionsQuery, request.query)),
  }))
  app.post('/api/congress/sessions', async (request, reply) => {
    const { termId, ...draft } = parse(sessionInput, request.body)
    const id = await db.transaction().execute((tx) => prepareSession(tx, request.actor, termId, draft, today()))
    return reply.status(201).send({ id })
  })
  app.get('/api/congress/sessions/:id', async (request) => {
    const session = await visibleSession(db, request.actor, idOf(request.params))
    const may = await deedsAt(db, request.actor, session.unitId)
    const [items, votes, papers, resolutions, notice, present, ofTerm] = await Promise.all([
      itemsOf(db, session.id),
      votesIn(db, session.id),
      papersOf(db, session.id),
      resolutionsOf(db, { sessionId: session.id }, today()),
      noticeDue(db, session, today()),
      presentAt(db, session.id),
      session.form === 'session' && may.write ? resolutionsOf(db, { termId: session.termId }, today()) : [],
    ])
    const choices = may.write ? await choicesFor(db, request.actor, session.unitId) : { elect: [], appraise: [] }
    const agreements = may.read ? await agreementsOf(db, request.actor, { sessionId: session.id }, today()) : []
    return {
      session,
      may,
      items: items.map((item) => ({ ...item, elected: electedNames(item, votes) })),
      votes,
      papers,
      resolutions,
      agreements,
      // Decisions of joint meetings that wait for a session; what an item of this one confirms already stays selectable.
      confirmable: ofTerm
        .filter((one) => one.standing === 'pending')
        .map(({ itemId, title, passedOn }) => ({ itemId, title: `${title}（${passedOn}）` })),
      heldElsewhere: choices,
      notice,
      gate: session.expected > 0 ? await gateOf(db, session, null, present.length) : null,
    }
  })
  app.put('/api/congress/sessions/:id', async (request) => {
    const edit = parse(editSessionInput, request.body)
    await db.transaction().execute((tx) => editSession(tx, request.actor, idOf(request.params), edit, today()))
    return {}
  })
  app.post('/api/congress/sessions/:id/notice', async (request) => {
    const { sentOn } = parse(noticeInput, request.body)
    await db.transaction().execute((tx) => sendNotice(tx, request.actor, idOf(request.params), sentOn, today()))
    return {}
  })
  app.post('/api/congress/sessions/:id/open', async (request) => {
    await db.transaction().execute((tx) => openSession(tx, request.actor, idOf(request.params), today()))
    return {}
  })
  app.post('/api/congress/sessions/:id/close', async (request) => {
    await db.transaction().execute((tx) => closeSession(tx, request.actor, idOf(request.params)))
    return {}
  })
  app.post('/api/congress/sessions/:id/cancel', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    await db.transaction().execute((tx) => cancelSession(tx, request.actor, idOf(request.params), reason))
    return {}
  })
  app.post('/api/congress/sessions/:id/now', async (request) => {
    const now = parse(nowInput, request.body)
    await db.transaction().execute((tx) => setNow(tx, request.actor, idOf(request.params), now))
    return {}
  })

  app.post('/api/congress/sessions/:id/items', async (request, reply) => {
    const input = parse(itemInput, request.body)
    const id = await db.transaction().execute((tx) => saveItem(tx, request.actor, idOf(request.params), input))
    return reply.status(201).send({ id })
  })
  app.put('/api/congress/sessions/:id/items/:itemId', async (request) => {
    const input = parse(itemInput, request.body)
    const itemId = idOf({ id: (request.params as { itemId: string }).itemId })
    await db.transaction().execute((tx) => saveItem(tx, request.actor, idOf(request.params), input, itemId))
    return {}
  })
  app.delete('/api/congress/items/:id', async (request, reply) => {
    await db.transaction().execute((tx) => dropItem(tx, request.actor, idOf(request.params)))
    return reply.status(204).send()
  })
  app.post('/api/congress/items/:id/conclude', async (request) => {
    const said = parse(concludeInput, request.body)
    await db.transaction().execute((tx) => concludeItem(tx, request.actor, idOf(request.params), said, today()))
    return {}
  })
  app.post('/api/congress/items/:id/votes', async (request, reply) => {
    const input = parse(voteInput, request.body)
    const vote = await db
      .transaction()
      .execute((tx) => callVote(tx, request.actor, idOf(request.params), input, today(), config))
    return reply.status(201).send({ id: vote.id })
  })
  app.post('/api/congress/items/:id/accept-shortfall', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    await db.transaction().execute((tx) => acceptShortfall(tx, request.actor, idOf(request.params), reason, today()))
    return {}
  })
  app.post('/api/congress/votes/:id/announce', (request) =>
    db.transaction().execute((tx) => announce(tx, request.actor, idOf(request.params), today(), config)),
  )
  app.post('/api/congress/votes/:id/end', async (request) => {
    await db.transaction().execute((tx) => endVoting(tx, request.actor, idOf(request.params), config))
    await clearUrns(db, config)
    return {}
  })
  app.post('/api/congress/votes/:id/void', async (request) => {
    const { reason } = parse(reasonInput, request.body)
    const voteId = idOf(request.params)
    await db.transaction().execute((tx) => callOff(tx, request.actor, voteId, reason))
    await discardVoided(db, voteId, config)
    return {}
  })

  app.get('/api/congress/sessions/:id/attendance', async (request) => {
    const session = await visibleSession(db, request.actor, idOf(request.params))
    await requirePermission(db, request.actor, 'congress.read', session.unitId, 'congress.read')
    return { attendance: await attendanceOf(db, session.id) }
  })
  app.post('/api/congress/sessions/:id/passages', (request) => {
    const input = parse(passageInput, request.body)
    const id = idOf(request.params)
    return db.transaction().execute(async (tx) => ({
      names:
        'text' in input
          ? await passByText(tx, request.actor, keys(), id, input.text, input.direction)
          : await passAtDesk(tx, request.actor, id, input.personIds, input.direction),
    }))
  })
  app.post('/api/congress/sessions/:id/leaves', async (request) => {
    const { personId, reason } = parse(leaveInput, request.body)
    await db.transaction().execute((tx) => askLeave(tx, request.actor, idOf(request.params), personId, reason))
    return {}
  })

  app.get('/api/congress/sessions/:id/live', (request) => liveOf(db, request.actor, idOf(request.params)))
  app.get('/api/congress/mine', async (request) => ({ sessions: await mineOf(db, request.actor) }))
  app.get('/api/congress/mine/:id', (request) => mineIn(db, request.actor, idOf(request.params)))
  app.post('/api/congress/mine/:id/passages', async (request) => {
    const id = idOf(request.params)
    const { code, direction } = parse(hallInput, request.body)
    try {
      await db.transaction().execute((tx) => passByPhone(tx, request.actor, id, code, direction))
    } catch (error) {
      if (error instanceof Problem && error.code === 'hall-code-wrong') await rememberWrongCode(db, request.actor, id)
      throw error
    }
    return {}
  })
  app.post('/api/congress/mine/:id/leave', async (request) => {
    const { reason } = parse(ownLeaveInput, request.body)
    const id = idOf(request.params)
    await db.transaction().execute((tx) => askLeave(tx, request.actor, id, request.actor.personId ?? 0, reason))
    return {}
  })

  for (const [name, sheet] of [
    ['sign-in-sheet', signInSheet],
    ['agenda-sheet', agendaSheet],
  ] as const)
    app.get(`/api/congress/sessions/:id/${name}`, async (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send(await sheet(db, await visibleSession(db, request.actor, idOf(request.params)))),
    )
  app.get('/api/congress/sessions/:id/minutes', async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(await minutesHtml(db, await readable(request.actor, request.params), today())),
  )
  app.get('/api/congress/sessions/:id/minutes.docx', async (request, reply) => {
    const session = await readable(request.actor, request.params)
    return reply
      .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .header('content-disposition', attached(`${session.title}会议纪要.docx`))
      .send(await minutesDocx(db, session, today()))
  })
  app.get('/api/congress/sessions/:id/attendance.xlsx', async (request, reply) => {
    const session = await visibleSession(db, request.actor, idOf(request.params))
    await requirePermission(db, request.actor, 'congress.export', session.unitId)
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', attached(`${session.title}签到.xlsx`))
      .send(await attendanceWorkbook(db, session))
  })

  /** Minutes hold who was absent and why: for the union's officers, and for delegates once the session is over. */
  async function readable(actor: Parameters<typeof visibleSession>[1], params: unknown) {
    const session = await visibleSession(db, actor, idOf(params))
    if (session.state !== 'closed') await requirePermission(db, actor, 'congress.read', session.unitId, 'congress.read')
    return session
  }
}
