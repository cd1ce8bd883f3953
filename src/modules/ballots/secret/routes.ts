import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { SESSION_COOKIE } from '../../../kernel/http/limits.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { freezeVote } from '../server/roll.ts'
import { openVote, setTellers, visibleVote, type Vote } from '../server/vote.ts'
import { closeVote } from '../server/result.ts'
import type { Rule, SecretTerms } from '../verdict/rule.ts'
import { clearUrns, closeSecret } from './close.ts'
import { drawPapers, myPaper, myVotes } from './draw.ts'
import { giveScrutineerKey, openSecret } from './open.ts'
import { secretTerms } from './terms.ts'
import { requireHallCode } from './venue.ts'
import { giveScrutineerSecret, publishSecret } from './publish.ts'

const voteParam = z.object({ id })
const text = z.string().max(2000)
const drawInput = z.object({
  /** In the hall: the digits on its screen. */
  code: z.string().max(20).optional(),
  papers: z
    .array(z.object({ eid: text, blinded: text }))
    .min(1)
    .max(500),
})
const teller = z.object({ personId: id, duty: z.enum(['总监票人', '监票人', '计票人']) })
const ballotInput = z.object({
  unitId: id,
  title: z.string('请填写表决事项').trim().min(1, '请填写表决事项').max(200),
  heldOn: z.iso.date('请按 2026-03-05 的样式填写日期'),
  kind: z.enum(['motion', 'election']),
  seats: z.int().min(1).max(200).optional(),
  items: z.array(z.string().trim().min(1).max(200)).min(1).max(200),
  roll: z.array(id).min(2).max(200_000),
  tellers: z.array(teller).max(9).default([]),
  venue: z.enum(['hall', 'remote']).default('hall'),
  /** Remote: what allows it. */
  document: z.string().trim().max(120).nullish(),
  writeIns: z.int().min(0).max(20).default(0),
})
/** Where it says nothing, the terms of the rule stand. */
const openInput = z.object({
  profile: z.enum(['meeting', 'days']).optional(),
  threshold: z.int().min(0).max(9).optional(),
  writeIns: z.object({ most: z.int().min(1).max(20) }).nullish(),
  castFrom: z.iso.datetime({ offset: true }).optional(),
  castTo: z.iso.datetime({ offset: true }).optional(),
})

/** More than half of those on the roll; whoever needs another rule opens the vote from its own room. */
const ruleFor = (kind: 'motion' | 'election', seats: number, secret: SecretTerms): Rule => ({
  kind,
  secret,
  base: 'expected',
  threshold: { p: 1, q: 2, strict: true },
  tie: kind === 'election' ? 'revote' : 'open',
  ...(kind === 'election' && { seats }),
  articles: {},
})

/** Drawing a paper, opening and closing the electronic box, what was published. Casting goes to the box, never here. */
export const secretRoutes: Routes = (app, { db, config }) => {
  /** A ballot by itself, without an election or a congress around it. */
  app.post('/api/secret-votes', async (request, reply) => {
    const input = parse(ballotInput, request.body)
    await requirePermission(db, request.actor, 'ballots.write', input.unitId, 'ballots.read')
    const vote = await db.transaction().execute(async (tx) => {
      const made = await openVote(tx, request.actor, {
        unitId: input.unitId,
        subject: { kind: 'ballots', path: `ballots/${input.heldOn}` },
        title: input.title,
        kind: input.kind,
        mode: 'secret',
        rule: ruleFor(
          input.kind,
          input.seats ?? input.items.length,
          secretTerms(request.actor, input, input.kind === 'election'),
        ),
        heldOn: input.heldOn,
        items: input.items.map((label, at) => ({ key: `i${at + 1}`, label })),
        roll: input.roll,
        channels: ['booth'],
      })
      if (input.tellers.length) await setTellers(tx, request.actor, made.id, input.tellers)
      return made
    })
    return reply.status(201).send({ id: vote.id })
  })
  const mayRun = async (request: { actor: Actor; params: unknown }): Promise<Vote> => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    await requirePermission(db, request.actor, 'ballots.write', vote.unitId)
    return vote
  }
  app.post('/api/votes/:id/secret/open', async (request) => {
    const plan = parse(openInput, request.body ?? {})
    const vote = await mayRun(request)
    const terms = vote.rule.secret
    return db.transaction().execute(async (tx) => {
      if (vote.state === 'draft') await freezeVote(tx, request.actor, vote.id, 0)
      return openSecret(
        tx,
        request.actor,
        vote.id,
        {
          profile: plan.profile ?? terms?.profile ?? 'meeting',
          threshold: plan.threshold ?? terms?.threshold ?? 0,
          writeIns: plan.writeIns ?? (terms?.writeIns ? { most: terms.writeIns } : null),
          ...(plan.castFrom && { castFrom: plan.castFrom }),
          ...(plan.castTo && { castTo: plan.castTo }),
        },
        config,
      )
    })
  })
  app.post('/api/votes/:id/secret/close', async (request) => {
    const vote = await mayRun(request)
    const closed = await db.transaction().execute((tx) => closeSecret(tx, request.actor, vote.id, config))
    await clearUrns(db, config)
    return closed
  })
  app.post('/api/votes/:id/secret/publish', async (request) => {
    const vote = await mayRun(request)
    const counts = await db.transaction().execute(async (tx) => {
      const published = await publishSecret(tx, request.actor, vote.id, config)
      // A ballot by itself has nobody else who would declare its result.
      if (vote.subjectKind === 'ballots' && vote.state === 'issuing') await closeVote(tx, request.actor, vote.id)
      return published
    })
    return { counts }
  })
  app.put('/api/votes/:id/secret/key', async (request, reply) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    const { publicKey } = parse(z.object({ publicKey: text }), request.body)
    await db.transaction().execute((tx) => giveScrutineerKey(tx, request.actor, vote.id, publicKey))
    return reply.status(204).send()
  })
  app.post('/api/votes/:id/secret/key', async (request, reply) => {
    const vote = await visibleVote(db, request.actor, parse(voteParam, request.params).id)
    const { secret } = parse(z.object({ secret: text }), request.body)
    await db.transaction().execute((tx) => giveScrutineerSecret(tx, request.actor, vote.id, secret))
    return reply.status(204).send()
  })

  // A hall of three thousand comes from one address: these are counted by session.
  const bySession = {
    rateLimit: {
      max: 240,
      timeWindow: '1 minute',
      keyGenerator: (request: { cookies: Record<string, string | undefined>; ip: string }) =>
        request.cookies[SESSION_COOKIE] ?? request.ip,
    },
  }
  app.get('/api/my-votes', { config: bySession }, async (request) => ({ votes: await myVotes(db, request.actor) }))
  app.get('/api/votes/:id/paper', { config: bySession }, (request) =>
    myPaper(db, request.actor, parse(voteParam, request.params).id, config),
  )
  app.post('/api/votes/:id/draw', { config: bySession }, async (request) => {
    const { id: voteId } = parse(voteParam, request.params)
    const { code, papers } = parse(drawInput, request.body)
    await requireHallCode(db, request.actor, voteId, code, Date.now())
    return { papers: await drawPapers(db, request.actor, voteId, papers, config) }
  })
}
