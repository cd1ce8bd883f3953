import type { MultipartFile } from '@fastify/multipart'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { notFound, Problem, refused } from '../contract/problem.ts'
import type { Routes } from '../http/app.ts'
import { id, parse } from '../http/parse.ts'
import type { Services } from '../http/services.ts'
import { fileById, filesOf, linkFile, unlinkFile, type FileOwner } from './files.ts'
import { cleanName, mediaOf, recognise } from './media.ts'
import { lockBytes } from './forget.ts'
import { aboutOthers, requireOpening, writeOpening } from './opening.ts'
import { openStore, sweepUploads } from './store.ts'

/** Largest attachment: a scanned booklet. */
const mostBytes = 50 * 1024 * 1024

const objectOf = z.object({ objectKind: z.string().min(1).max(40), objectId: id })

interface Received {
  file: string
  sha256: string
  bytes: number
  name: string
}

/** Streams an upload to the disk of the store, so that the last step is a rename; hashes it on the way. */
async function receive(part: MultipartFile, folder: string): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, randomUUID())
  const hash = createHash('sha256')
  let bytes = 0
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(part.file, counting, createWriteStream(file, { mode: 0o600 }))
    if (part.file.truncated)
      throw new Problem(413, 'too-large', '文件超过 50 MB，请压缩或拆分后再上传。', { file: '超过 50 MB' })
    if (!bytes) throw refused('file-empty', '文件是空的，请重新选择。', { file: '文件是空的' })
    const handle = await open(file)
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { file, sha256: hash.digest('hex'), bytes, name: part.filename }
}

/**
 * Attachments: list, add, open, take away.
 * @param owners one for each kind of object that may have files
 */
export const fileRoutes =
  (owners: readonly FileOwner[]): Routes =>
  (app, services) => {
    const { db, config } = services
    const store = openStore(config.dataDir)
    // Beside the files, so that moving them there is a rename.
    const uploads = path.join(config.dataDir, 'uploads')
    app.addHook('onReady', () => sweepUploads(uploads))

    const ownerOf = (kind: string): FileOwner => {
      const owner = owners.find((each) => each.kind === kind)
      if (!owner) throw notFound()
      return owner
    }

    app.get('/api/files', async (request) => {
      const { objectKind, objectId } = parse(objectOf, request.query)
      await ownerOf(objectKind).mayRead(services, request.actor, objectId)
      const about = await aboutOthers(services, ownerOf, request.actor, [{ objectKind, objectId }])
      return { files: await filesOf(db, objectKind, objectId), guarded: about.length > 0 }
    })

    app.post('/api/files', async (request, reply) => {
      if (!request.isMultipart()) throw new Problem(415, 'not-multipart', '请用表单上传文件。')
      const fields: Record<string, unknown> = {}
      let received: Received | undefined
      try {
        for await (const part of request.parts({ limits: { files: 1, fields: 10, fileSize: mostBytes } })) {
          if (part.type === 'field') fields[part.fieldname] = part.value
          else {
            // Asked before the bytes are taken, as soon as the form has said what they belong to.
            if (fields['objectId'] !== undefined) await allowed(services, ownerOf, request.actor, fields)
            received = await receive(part, uploads)
          }
        }
        const { target, object } = await allowed(services, ownerOf, request.actor, fields)
        if (!received) throw refused('file-missing', '请选择要上传的文件。', { file: '请选择文件' })
        const media = await recognise(received.file)
        const name = cleanName(received.name, media)
        const { sha256, bytes, file: from } = received
        const file = { sha256, bytes, media, name, ...target }
        const fileId = await db.transaction().execute(async (tx) => {
          // The same bytes may just be forgotten: they are put after that, or named before it.
          await lockBytes(tx, sha256)
          await store.put(sha256, from)
          return linkFile(tx, request.actor, file, object)
        })
        return await reply.status(201).send({ id: fileId, name, size: bytes, mediaType: media.type })
      } finally {
        if (received) await rm(received.file, { force: true })
      }
    })

    app.get('/api/files/:id', async (request, reply) => {
      const fileId = parse(id, (request.params as { id: string }).id)
      const file = await fileById(db, fileId)
      await readable(services, ownerOf, request.actor, file.links)
      const about = await aboutOthers(services, ownerOf, request.actor, file.links)
      if (about.length) await requireOpening(db, request.actor, fileId, about)
      const sha256 = file.sha256.toString('hex')
      reply.header('etag', `"${sha256}"`).header('cache-control', about.length ? 'no-store' : 'private, no-cache')
      if (request.headers['if-none-match'] === `"${sha256}"`) return reply.status(304).send()
      const disposition = mediaOf(file.mediaType)?.inline ? 'inline' : 'attachment'
      return (
        reply
          .type(file.mediaType)
          .header('content-length', file.bytes)
          .header('x-content-type-options', 'nosniff')
          // Whatever a PDF or picture may carry, it runs nothing on our behalf.
          .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
          .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
          .send(await store.read(sha256))
      )
    })

    // Opening a guarded file is a deed, so it isn't the GET.
    app.post('/api/files/:id/openings', async (request, reply) => {
      const fileId = parse(id, (request.params as { id: string }).id)
      const { reason } = parse(z.object({ reason: z.string().max(200).default('') }), request.body ?? {})
      const file = await fileById(db, fileId)
      await readable(services, ownerOf, request.actor, file.links)
      const about = await aboutOthers(services, ownerOf, request.actor, file.links)
      if (about.length) await writeOpening(db, request.actor, { id: fileId, name: file.name }, about, reason)
      return reply.status(201).send({ ok: true })
    })

    app.delete('/api/files/:id', async (request) => {
      const fileId = parse(id, (request.params as { id: string }).id)
      const file = await fileById(db, fileId)
      for (const link of file.links) {
        const object = await ownerOf(link.objectKind).mayChange(services, request.actor, link.objectId)
        await db.transaction().execute((tx) => unlinkFile(tx, request.actor, fileId, link, object, file.name))
      }
      return {}
    })
  }

async function allowed(
  services: Services,
  ownerOf: (kind: string) => FileOwner,
  actor: Actor,
  fields: Record<string, unknown>,
): Promise<{ target: z.output<typeof objectOf>; object: { unitId: number; title: string } }> {
  const target = parse(objectOf, fields)
  return { target, object: await ownerOf(target.objectKind).mayChange(services, actor, target.objectId) }
}

/** One object through which the actor may see the file is enough. */
async function readable(
  services: Services,
  ownerOf: (kind: string) => FileOwner,
  actor: Actor,
  links: readonly { objectKind: string; objectId: number }[],
): Promise<void> {
  let refusal: unknown = notFound('附件')
  for (const link of links)
    try {
      return await ownerOf(link.objectKind).mayRead(services, actor, link.objectId)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refusal = error
    }
  throw refusal
}
