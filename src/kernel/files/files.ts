import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { notFound } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Services } from '../http/services.ts'
import type { Media } from './media.ts'
import type { About } from './opening.ts'

/**
 * Who may see and change the files of one kind of object: whoever may see and change the object. Both throw a Problem
 * when not; `mayChange` returns the object's unit for the audit.
 */
export interface FileOwner {
  kind: string
  mayRead(services: Services, actor: Actor, objectId: number): Promise<void>
  mayChange(services: Services, actor: Actor, objectId: number): Promise<{ unitId: number; title: string }>
  /**
   * Whom its files are about when they are papers of somebody's illness or need: anybody else says why before opening one, and
   * that person sees it. null where this object's files are open to whoever reads the object.
   */
  guards?(services: Services, objectId: number): Promise<About | null>
}

export interface StoredFile {
  id: number
  name: string
  size: number
  mediaType: string
  createdAt: string
}

export interface NewFile {
  sha256: string
  bytes: number
  media: Media
  name: string
  objectKind: string
  objectId: number
}

/** Keeps a file that is in the store already and links it to its object. Returns the file's id. */
export async function linkFile(
  tx: Tx,
  actor: Actor,
  file: NewFile,
  object: { unitId: number; title: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with kept as (
      insert into kernel.file (sha256, bytes, media_type, name, created_by)
      values (${Buffer.from(file.sha256, 'hex')}, ${file.bytes}, ${file.media.type}, ${file.name}, ${actor.accountId}) returning id)
    insert into kernel.file_link (file_id, object_kind, object_id, linked_by)
    select id, ${file.objectKind}, ${file.objectId}, ${actor.accountId} from kept returning file_id as id`.execute(tx)
  const { id } = rows[0]!
  await audit(tx, actor, {
    action: 'files.add',
    objectKind: file.objectKind,
    objectId: file.objectId,
    unitId: object.unitId,
    summary: `给${object.title}添加附件“${file.name}”`,
    detail: { fileId: id, sha256: file.sha256, bytes: file.bytes },
  })
  return id
}

export async function filesOf(db: Db, objectKind: string, objectId: number): Promise<StoredFile[]> {
  const { rows } = await sql<StoredFile>`
    select f.id, f.name, f.bytes as size, f.media_type as "mediaType", f.created_at as "createdAt"
    from kernel.file_link l join kernel.file f on f.id = l.file_id
    where l.object_kind = ${objectKind} and l.object_id = ${objectId} and l.removed_at is null order by l.id`.execute(
    db,
  )
  return rows
}

export interface FoundFile {
  sha256: Buffer
  bytes: number
  mediaType: string
  name: string
  links: { objectKind: string; objectId: number }[]
}

/** A file and the objects it still belongs to. @throws Problem 404 when there is none or it belongs to nothing any more */
export async function fileById(db: Db | Tx, fileId: number): Promise<FoundFile> {
  const { rows } = await sql<FoundFile>`
    select f.sha256, f.bytes, f.media_type as "mediaType", f.name,
      json_agg(json_build_object('objectKind', l.object_kind, 'objectId', l.object_id) order by l.id) as links
    from kernel.file f join kernel.file_link l on l.file_id = f.id and l.removed_at is null
    where f.id = ${fileId} group by f.id`.execute(db)
  if (!rows[0]) throw notFound('附件')
  return rows[0]
}

/** Takes a file away from its object. The bytes and the row stay: what was shown to somebody can be shown again. */
export async function unlinkFile(
  tx: Tx,
  actor: Actor,
  fileId: number,
  link: { objectKind: string; objectId: number },
  object: { unitId: number; title: string },
  name: string,
): Promise<void> {
  await sql`update kernel.file_link set removed_at = now(), removed_by = ${actor.accountId}
    where file_id = ${fileId} and object_kind = ${link.objectKind} and object_id = ${link.objectId} and removed_at is null`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'files.remove',
    objectKind: link.objectKind,
    objectId: link.objectId,
    unitId: object.unitId,
    summary: `移除${object.title}的附件“${name}”`,
    detail: { fileId },
  })
}
