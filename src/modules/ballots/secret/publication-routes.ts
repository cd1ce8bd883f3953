import { createReadStream } from 'node:fs'
import path from 'node:path'
import yazl from 'yazl'
import { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { fileNames } from '../format/publication.ts'
import type { Publication } from '../contract.ts'
import { visibleVote, voteById } from '../server/vote.ts'
import { myVotes } from './draw.ts'
import { publishedFile, publishedOf } from './publish.ts'

const voteParam = z.object({ id })
const sheetParam = z.object({ id, eid: z.string().max(60) })
const fileParam = sheetParam.extend({ name: z.enum(fileNames) })
const verifier = path.resolve(import.meta.dirname, '../../../../verify/verify_ballots.py')

/** What was published, for whoever may see the vote or was on its roll; and the program that recounts it. */
export const publicationRoutes: Routes = (app, { db }) => {
  const mayRead = async (actor: Actor, voteId: number): Promise<void> => {
    const mine = (await myVotes(db, actor)).some((vote) => vote.id === voteId)
    if (!mine) await visibleVote(db, actor, voteId)
  }
  const published = async (actor: Actor, voteId: number, eid: string): Promise<void> => {
    await mayRead(actor, voteId)
    if (!(await publishedOf(db, voteId)).some((sheet) => sheet.eid === eid)) throw notFound('公布文件')
  }
  app.get('/api/votes/:id/publication', async (request) => {
    const { id: voteId } = parse(voteParam, request.params)
    await mayRead(request.actor, voteId)
    const { title, unitName, heldOn, subjectPath } = await voteById(db, voteId)
    const sheets = await publishedOf(db, voteId)
    return { title, unitName, heldOn, subjectPath, files: fileNames, sheets } satisfies Publication
  })
  app.get('/api/votes/:id/publication/:eid/:name', async (request, reply) => {
    const { id: voteId, eid, name } = parse(fileParam, request.params)
    await published(request.actor, voteId, eid)
    return reply.type('text/plain; charset=utf-8').send(await publishedFile(db, eid, name))
  })
  app.get('/api/votes/:id/publication/:eid', async (request, reply) => {
    const { id: voteId, eid } = parse(sheetParam, request.params)
    await published(request.actor, voteId, eid)
    const zip = new yazl.ZipFile()
    // One date for all: the publication is a function of the ballots and of nothing else.
    const mtime = new Date(Date.UTC(2000, 0, 1))
    for (const name of fileNames)
      zip.addBuffer(Buffer.from(await publishedFile(db, eid, name)), name, { mtime, forceDosTimestamp: true })
    zip.end()
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="ballots-${voteId}.zip"`)
      .send(zip.outputStream)
  })
  app.get('/api/verify-ballots.py', (_request, reply) =>
    reply
      .type('text/x-python; charset=utf-8')
      .header('content-disposition', 'attachment; filename="verify_ballots.py"')
      .send(createReadStream(verifier)),
  )
}
