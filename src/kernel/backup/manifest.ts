import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { z } from 'zod'

/** What a backup says of itself, in its last entry `manifest.json`. */
export const manifestSchema = z.object({
  format: z.literal('zhijia-backup-1'),
  madeAt: z.iso.datetime(),
  /** Migrations of the database, in order: the schema to restore into. */
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(
    z.object({
      entry: z.string(),
      schema: z.string(),
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int(),
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.number().int().nullable() })),
  files: z.array(z.object({ entry: z.string(), bytes: z.number().int(), sha256: z.string() })),
  /** Tells whether a master key is the one the sealed fields need, without telling the key. */
  keyCheck: z.string().nullable(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Passes bytes on and counts and hashes them. */
export function hashing(): { stream: Transform; result: () => { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ bytes, sha256: hash.copy().digest('hex') }) }
}
