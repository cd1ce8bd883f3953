import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { fileNames } from '../format/publication.ts'
import { freezeVote } from '../server/roll.ts'
import { openVote, setTellers, visibleVote, type Vote } from '../server/vote.ts'
import type { Rule } from '../verdict/rule.ts'
import { clearUrns, closeSecret } from './close.ts'
import { drawPapers, myPaper, myVotes } from './draw.ts'
import { giveScrutineerKey, openSecret } from './open.ts'
import { giveScrutineerSecret, publishedFile, publishedOf, publishSecret } from './publish.ts'

const voteParam = z.object({ id })
const fileParam = z.object({ id, eid: z.string().max(60), name: z.enum(fileNames) })
const text = z.string().max(2000)
const drawInput = z.object({
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
})
const openInput = z.object({
  profile: z.enum(['meeting', 'days']).default('meeting'),
  threshold: z.int().min(0).max(9).default(0),
  writeIns: z.object({ most: z.int().min(1).max(20) }).nullish(),
  castFrom: z.iso.datetime({ offset: true }).optional(),
  castTo: z.iso.datetime({ offset: true }).optional(),
})

/** More than half of those on the roll; whoever needs another rule opens the vote from its own room. */
const ruleFor = (kind: 'motion' | 'election', seats: number): Rule => ({
  kind,
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
        rule: ruleFor(input.kind, input.seats ?? input.items.length),
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
    return db.transaction().execute(async (tx) => {
      if (vote.state === 'draft') await freezeVote(tx, request.actor, vote.id, vote.expected)
      return openSecret(
        tx,
        request.actor,
        vote.id,
        {
          profile: plan.profile,
          threshold: plan.threshold,
          writeIns: plan.writeIns ?? null,
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
    const counts = await db.transaction().execute((tx) => publishSecret(tx, request.actor, vote.id, config))
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
        request.cookies['zhijia'] ?? request.ip,
    },
  }
  app.get('/api/my-votes', { config: bySession }, async (request) => ({ votes: await myVotes(db, request.actor) }))
  app.get('/api/votes/:id/paper', { config: bySession }, (request) =>
    myPaper(db, request.actor, parse(voteParam, request.params).id, config),
  )
  app.post('/api/votes/:id/draw', { config: bySession }, async (request) => ({
    papers: await drawPapers(
      db,
      request.actor,
      parse(voteParam, request.params).id,
      parse(drawInput, request.body).papers,
      config,
    ),
  }))

  /** Whoever may see the vote, or was on its roll. */
  const mayRead = async (actor: Actor, voteId: number): Promise<void> => {
    const mine = (await myVotes(db, actor)).some((vote) => vote.id === voteId)
    if (!mine) await visibleVote(db, actor, voteId)
  }
  app.get('/api/votes/:id/publication', async (request) => {
    const { id: voteId } = parse(voteParam, request.params)
    await mayRead(request.actor, voteId)
    return { files: fileNames, sheets: await publishedOf(db, voteId) }
  })
  app.get('/api/votes/:id/publication/:eid/:name', async (request, reply) => {
    const { id: voteId, eid, name } = parse(fileParam, request.params)
    await mayRead(request.actor, voteId)
    if (!(await publishedOf(db, voteId)).some((sheet) => sheet.eid === eid)) throw notFound('公布文件')
    return reply.type('text/plain; charset=utf-8').send(await publishedFile(db, eid, name))
  })
}
